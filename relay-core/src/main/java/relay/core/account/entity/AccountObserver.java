package relay.core.account.entity;

/** Learns what accounts on this node go through; it is called from many threads, never blocks. */
public interface AccountObserver {

  /** An account has been rebuilt from its events. */
  void woke();

  /** A refresh token was shown that had been exchanged long ago; its family has ended. */
  void tokenReused();

  /** A deleted account was erased, with its subscription and its rooms. */
  void erased();
}
