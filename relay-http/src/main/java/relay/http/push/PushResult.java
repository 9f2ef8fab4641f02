package relay.http.push;

import org.jspecify.annotations.Nullable;

/** What became of one wake. */
sealed interface PushResult {

  /** Accepted; the id is null where the answer had none that can be shown. */
  record Sent(@Nullable String messageId) implements PushResult {}

  /** Not accepted; the description holds nothing a peer wrote but status names. */
  record Failed(PushOutcome outcome, String description) implements PushResult {}
}
