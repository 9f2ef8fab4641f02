package relay.http.ops;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountAnswer.Described;
import relay.core.account.AccountId;
import relay.core.account.Profile;
import relay.core.subscription.Balance;
import relay.core.subscription.entity.SubscriptionDescription;
import relay.http.access.IssuedCredentials;

/** What operators read about accounts; their JSON is these records' components. */
final class AccountViews {
  private AccountViews() {}

  /** The only time that credentials are shown. */
  record Issued(String userId, String apiKey, String refreshToken) {
    static Issued of(AccountId account, IssuedCredentials issued) {
      return new Issued(account.value(), issued.apiKey().text(), issued.refreshToken().text());
    }

    @Override
    public String toString() {
      return "Issued[userId=" + userId + "]";
    }
  }

  /**
   * @param signIns how many sign-ins have credentials that count
   */
  record Account(
      String userId,
      @Nullable String email,
      @Nullable String name,
      List<String> providers,
      String createdAt,
      String lastLogin,
      @Nullable String deletedAt,
      @Nullable String erasedAfter,
      int signIns,
      Subscription subscription,
      Usage usage,
      List<Room> rooms) {

    static Account of(AccountId account, Described described, SubscriptionDescription has) {
      Profile profile = described.profile();
      return new Account(
          account.value(),
          profile.details().email(),
          profile.details().name(),
          profile.providers().stream().map(it -> it.identity().provider()).toList(),
          profile.createdAt().toString(),
          profile.lastLogin().toString(),
          text(described.deletedAt()),
          text(described.erasedAfter()),
          described.families(),
          Subscription.of(has),
          Usage.of(has.balance()),
          has.rooms().stream()
              .map(
                  room ->
                      new Room(
                          room.roomId(), room.createdAt().toString(), room.seenAt().toString()))
              .toList());
    }
  }

  /**
   * @param creditsPerWindow in force; 0 or less is no limit
   * @param quota what an operator has set in place of the tier's credits, or null
   */
  record Subscription(
      String tier,
      @Nullable String expiresAt,
      @Nullable String productId,
      long creditsPerWindow,
      @Nullable Long quota,
      int maxRooms) {

    static Subscription of(SubscriptionDescription has) {
      return new Subscription(
          has.tier().wireName(),
          text(has.tierExpiresAt()),
          has.productId(),
          has.balance().limit(),
          has.quotaOverride(),
          has.limits().maxRooms());
    }
  }

  /** Credits of the window under way, and of the welcome bonus. */
  record Usage(
      String period,
      long messages,
      long duration,
      long total,
      String resetsAt,
      @Nullable Long bonusRemaining,
      @Nullable String bonusExpiresAt) {

    static Usage of(Balance balance) {
      Balance.Bonus bonus = balance.bonus();
      return new Usage(
          balance.window().period(),
          balance.window().spent().messages(),
          balance.window().spent().duration(),
          balance.window().spent().total(),
          balance.window().endsAt().toString(),
          bonus == null ? null : bonus.remaining(),
          bonus == null ? null : bonus.expiresAt().toString());
    }
  }

  record Room(String roomId, String createdAt, String seenAt) {}

  record Deletion(String userId, @Nullable String deletedAt, @Nullable String erasedAfter) {
    static Deletion of(AccountId account, Described described) {
      return new Deletion(
          account.value(), text(described.deletedAt()), text(described.erasedAfter()));
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
