package relay.http.ops;

import java.util.concurrent.CompletionStage;

/** Whatever takes new connections and can be told to take no more. */
@FunctionalInterface
public interface StopsAccepting {

  /** Completes once no further connection is accepted; repeated calls are answered alike. */
  CompletionStage<?> stopAccepting();
}
