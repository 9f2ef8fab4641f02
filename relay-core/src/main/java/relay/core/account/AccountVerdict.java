package relay.core.account;

import java.util.List;

/**
 * What an account decides: what happened, and what it answers once that is written.
 *
 * @param <A> the answers to its question
 */
public record AccountVerdict<A extends AccountAnswer>(List<AccountEvent> events, A answer) {
  public AccountVerdict {
    events = List.copyOf(events);
  }

  static <A extends AccountAnswer> AccountVerdict<A> said(A answer) {
    return new AccountVerdict<>(List.of(), answer);
  }
}
