package relay.http.hostile;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/**
 * A room that has nothing to do with what a test does: its binary and its phone keep talking, and
 * the test fails unless every message arrives, in order, until the end.
 */
final class Bystanders implements BeforeEachCallback, AfterEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BURST = 5;
  private static final int PAUSE_MILLIS = 5;
  private static final int ROUNDS_AFTERWARDS = 3;

  private final IntSupplier port;
  private @Nullable Conversation conversation;

  Bystanders(RelayServerExtension relay) {
    this(relay::port);
  }

  Bystanders(IntSupplier port) {
    this.port = port;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    conversation =
        new Conversation(port.getAsInt(), "bystanders " + context.getUniqueId().hashCode());
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    try (Conversation ending = conversation()) {
      ending.awaitRounds(ROUNDS_AFTERWARDS);
      ending.end();
    }
  }

  /** Returns when they have talked once more; a pace that needs no clock. */
  void talkOnce() throws InterruptedException {
    conversation().awaitRounds(1);
  }

  private Conversation conversation() {
    if (conversation == null) {
      throw new IllegalStateException("the test has not begun");
    }
    return conversation;
  }

  private static final class Conversation implements AutoCloseable {
    private final TestPeer binary;
    private final TestPeer phone;
    private final String head;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> talk;
    private long said;
    private long rounds;

    Conversation(int port, String serverId) {
      binary = TestPeer.dialBinary(port, serverId).patience(PATIENCE).connect().expectHttp(101);
      phone = TestPeer.dialPhone(port, serverId).patience(PATIENCE).connect().expectHttp(101);
      phone.send("{}");
      String first = binary.expectText();
      head = first.substring(0, first.length() - "{}}".length());
      talk = pace.scheduleWithFixedDelay(this::round, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void round() {
      for (int i = 0; i < BURST; i++) {
        phone.send(message(said + i));
      }
      for (int i = 0; i < BURST; i++) {
        String envelope = head + message(said + i) + "}";
        binary.expect(envelope).send(envelope);
      }
      for (int i = 0; i < BURST; i++) {
        phone.expect(message(said++));
      }
      synchronized (this) {
        rounds++;
        notifyAll();
      }
    }

    private static String message(long number) {
      return "{\"n\":" + number + "}";
    }

    /** A round that fails ends the talk, so this never waits for ever. */
    synchronized void awaitRounds(int more) throws InterruptedException {
      long goal = rounds + more;
      while (rounds < goal && !talk.isDone()) {
        wait(100);
      }
    }

    void end() throws InterruptedException {
      if (talk.isDone()) {
        try {
          talk.get();
        } catch (ExecutionException disturbed) {
          throw new AssertionError("the bystanders were disturbed", disturbed.getCause());
        }
      }
      pace.shutdown();
      if (!pace.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the bystanders wait for a message");
      }
      binary.expectNothingMore();
      phone.expectNothingMore();
    }

    @Override
    public void close() {
      pace.shutdownNow();
      phone.close();
      binary.close();
    }
  }
}
