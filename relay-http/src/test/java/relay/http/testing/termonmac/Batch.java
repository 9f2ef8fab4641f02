package relay.http.testing.termonmac;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a Mac's terminals say, sent after 50 ms, or when 20 payloads have come together (3.7). */
final class Batch {
  private static final Duration DELAY = Duration.ofMillis(50);
  private static final int MOST = 20;

  private final Peer mac;
  private final List<String> payloads = new ArrayList<>();

  Batch(Peer mac) {
    this.mac = mac;
  }

  void add(String payload) {
    payloads.add(payload);
    if (payloads.size() == MOST) {
      flush();
    } else if (payloads.size() == 1) {
      mac.time.after(DELAY, this::flush);
    }
  }

  void clear() {
    payloads.clear();
  }

  /** One payload alone goes as it always did, so that an old relay understands it. */
  private void flush() {
    if (payloads.isEmpty()) {
      return;
    }
    mac.send(
        payloads.size() == 1
            ? ClientTexts.relay(payloads.getFirst())
            : ClientTexts.relayBatch(List.copyOf(payloads)));
    payloads.clear();
  }
}
