package relay.http.ops;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Whatever carries sockets and can tell them to come back elsewhere. */
@FunctionalInterface
public interface ClosesSockets {

  /**
   * Closes every socket with 1001 {@code shutting down}, spread evenly over the time; completes
   * once all have ended. A second call with a shorter time hurries the first.
   */
  CompletionStage<?> closeAll(Duration over);
}
