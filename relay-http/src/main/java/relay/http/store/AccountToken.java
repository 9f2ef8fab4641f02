package relay.http.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;

/** An account's id as the UUID that an app gives the store with a purchase. */
final class AccountToken {
  private static final int[] HYPHENS = {8, 13, 18, 23};

  private AccountToken() {}

  static String of(AccountId account) {
    StringBuilder uuid = new StringBuilder(account.value());
    for (int hyphen : HYPHENS) {
      uuid.insert(hyphen, '-');
    }
    return uuid.toString();
  }

  static @Nullable AccountId account(@Nullable UUID token) {
    return token == null ? null : new AccountId(token.toString().replace("-", ""));
  }
}
