package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import relay.http.socket.Target;
import relay.http.socket.pyrycode.AgentPresence.Away;
import relay.http.socket.pyrycode.AgentPresence.Present;
import relay.http.socket.pyrycode.AgentPresence.Unknown;

class AgentPresenceTest {

  private record Agent(long epoch) implements Target {}

  private static Present present(long epoch) {
    return new Present(epoch, new Agent(epoch));
  }

  private static Away away(long epoch) {
    return new Away(epoch, 30, 30);
  }

  private static AgentPresence heard(List<AgentPresence> news) {
    AgentPresence known = new Unknown();
    for (AgentPresence each : news) {
      known = known.then(each);
    }
    return known;
  }

  @Property
  void newsInAnyOrderLeadToTheSameKnowledge(
      @ForAll @Size(min = 1, max = 6) List<@LongRange(min = 1, max = 5) Long> epochs,
      @ForAll long seed) {
    List<AgentPresence> news = new ArrayList<>();
    epochs.forEach(epoch -> news.add(present(epoch)));
    epochs.stream().filter(epoch -> epoch % 2 == 0).forEach(epoch -> news.add(away(epoch)));
    Collections.shuffle(news, new Random(seed));

    long last = Collections.max(epochs);
    assertThat(heard(news)).isEqualTo(last % 2 == 0 ? away(last) : present(last));
  }

  @Test
  void aRenewedGraceReplacesTheEarlierOne() {
    assertThat(away(1).then(new Away(1, 90, 90))).isEqualTo(new Away(1, 90, 90));
  }

  @Test
  void onlyTheCurrentEpochCounts() {
    assertThat(present(2).isOfEpoch(2)).isTrue();
    assertThat(present(2).isOfEpoch(1)).isFalse();
    assertThat(away(2).isOfEpoch(2)).isTrue();
    assertThat(new Unknown().isOfEpoch(0)).isFalse();
  }
}
