package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopInboxTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final LoopInbox inbox = new LoopInbox(channel.eventLoop());
  private final List<String> done = new ArrayList<>();

  @Test
  void whatHasComeIsDoneInOrder() {
    inbox.post(() -> done.add("first"));
    inbox.post(() -> done.add("second"));
    channel.runPendingTasks();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void whatWaitsBehindAFailureIsDoneAllTheSame() {
    inbox.post(
        () -> {
          throw new ScarceAllocator.Exhausted();
        });
    inbox.post(() -> done.add("behind"));
    channel.runPendingTasks();
    assertThat(done).containsExactly("behind");
  }
}
