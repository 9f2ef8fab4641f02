package relay.core.account.entity;

/** What an account and its shard tell it; it never crosses nodes. */
sealed interface AccountSignal extends AccountCommand {

  /** No command has come for a while. */
  record Idle() implements AccountSignal {}

  /** The shard agrees, or moves: end. */
  record Stop() implements AccountSignal {}
}
