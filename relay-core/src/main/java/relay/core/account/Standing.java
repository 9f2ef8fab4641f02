package relay.core.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import relay.core.account.AccountAnswer.Unknown;

/** Whether there is an account to ask, at one moment. */
sealed interface Standing {

  /** There is. */
  record Here(Account.Present account) implements Standing {}

  /** There is none; this is all that can be said. */
  record Absent(AccountVerdict<Unknown> verdict) implements Standing {}

  /** A deletion that can no longer be undone is carried out when somebody next asks. */
  static Standing of(Account account, Instant now) {
    return switch (account) {
      case Account.Vacant _ -> new Absent(AccountVerdict.said(new Unknown(false)));
      case Account.Erased _ -> new Absent(AccountVerdict.said(new Unknown(true)));
      case Account.Present present
          when present.deletion() != null && !now.isBefore(present.deletion().erasedAfter()) ->
          new Absent(new AccountVerdict<>(erasing(present, now), new Unknown(true)));
      case Account.Present present -> new Here(present);
    };
  }

  private static List<AccountEvent> erasing(Account.Present present, Instant now) {
    List<AccountEvent> events = new ArrayList<>();
    for (Family family : present.families().all()) {
      events.add(new AccountEvent.FamilyEnded(family.number(), FamilyEnd.ERASED, now));
    }
    events.add(new AccountEvent.AccountErased(now));
    return events;
  }
}
