package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.termonmac.RelayUnderTest.BONUS_CREDITS;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.MacPeer;
import relay.http.testing.termonmac.ServerMessage.ExtraQuota;
import relay.http.testing.termonmac.ServerMessage.HeartbeatAck;
import relay.http.testing.termonmac.ServerMessage.QuotaExceeded;
import relay.http.testing.termonmac.ServerMessage.RoomRegistered;
import relay.http.testing.termonmac.TestAccounts.TestAccount;

/** What an account's state means for its sockets (TermOnMac 2.2, 3.11, 12.4 items 8 and 10). */
interface AccountContract {
  long WINDOW_MILLIS = Duration.ofHours(5).toMillis();
  Duration BONUS_LIFE = Duration.ofDays(7);

  RelayUnderTest relay();

  @Test
  default void anUnknownKeyIsRefusedThreeTimesThenTheRefreshTokenHelps() {
    TestAccount account = relay().newAccount();
    try (MacPeer mac =
        new MacPeer(
            relay().macPort(), "rdkey_00000000000000000000000000000000", "ROOMWITHOUTKEY")) {
      mac.keep(account.refreshToken());
      mac.start();
      assertThat(mac.expectRefusal()).isEqualTo(401);
      mac.comeBack();
      assertThat(mac.waits())
          .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30));
    }
  }

  @Test
  default void aKeyThatWasRotatedWorksForAWhile() {
    TestAccount account = relay().newAccount();
    AccountCalls.Answer fresh = relay().calls().refresh(account.refreshToken());
    String newKey = fresh.body().path("api_key").asText();
    try (MacPeer old = relay().newMac(account);
        MacPeer renewed = relay().newMac(account)) {
      old.start();
      old.awaitRegistered();
      renewed.signIn(newKey);
      renewed.start();
      renewed.awaitRegistered();
    }
  }

  @Test
  default void aFifthRoomOfAFreeAccountWaitsForATier() {
    TestAccount account = relay().newAccount();
    List<MacPeer> macs = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        MacPeer mac = relay().newMac(account);
        macs.add(mac);
        mac.start();
        mac.awaitRegistered();
      }
      MacPeer fifth = relay().newMac(account);
      macs.add(fifth);
      fifth.start();
      assertThat(fifth.expectRefusal()).isEqualTo(403);
      assertThat(fifth.untilRedial()).contains(Duration.ofSeconds(8));
      macs.getFirst().restart();
      macs.getFirst().awaitRegistered();

      relay().accounts().grant(account, "pro");
      fifth.comeBack();
      assertThat(fifth.waits()).hasSizeLessThan(4);
    } finally {
      macs.forEach(MacPeer::close);
    }
  }

  @Test
  default void aDeletedAccountsSocketsLearnItAndItsMacsStop() {
    try (Couple couple = Couple.of(relay())) {
      relay().accounts().delete(couple.account());
      couple
          .phone()
          .await(
              "word of the deletion",
              () -> {
                couple.phone().send("{\"type\":\"heartbeat\"}");
                return couple.phone().past().contains("accountDeleted=true");
              });
      couple.mac().restart();
      assertThat(couple.mac().expectRefusal()).isEqualTo(410);
      assertThat(couple.mac().untilRedial()).isEmpty();
      couple.phone().settle();
      assertThat(couple.phone().expect(HeartbeatAck.class)).isNotNull();
    }
  }

  @Test
  default void revokingEndsEveryConnectionOfTheKey() {
    try (Couple couple = Couple.of(relay())) {
      couple.mac().keep(couple.account().refreshToken());
      assertThat(relay().calls().post("/auth/revoke", couple.account().apiKey()).status())
          .isEqualTo(200);
      assertThat(couple.mac().expectClose().code()).isEqualTo(4003);
      assertThat(couple.phone().expectClose().code()).isEqualTo(4003);
      couple.mac().pass(Duration.ofMillis(500));
      assertThat(couple.mac().expectRefusal()).isEqualTo(401);
      AccountCalls.Answer refused = relay().calls().refresh(couple.account().refreshToken());
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body().path("error").asText()).isEqualTo("REFRESH_TOKEN_INVALID");
    }
  }

  @Test
  default void whoHasUsedUpItsCreditsIsBackWithATier() {
    TestAccount account = relay().newAccount();
    try (Couple couple = Couple.of(relay(), account)) {
      relay().accounts().limit(account, 30);
      couple.spendEverything();
      QuotaExceeded told = couple.mac().expect(QuotaExceeded.class);
      couple.phone().expect(QuotaExceeded.class);
      long end = Instant.parse(told.resetsAt()).toEpochMilli();
      assertThat(told.limit()).isEqualTo(30);
      assertThat(told.usage()).isGreaterThanOrEqualTo(30);
      assertThat(told.period()).isEqualTo("5h-" + (end / WINDOW_MILLIS - 1));
      assertThat(told.resetsAt()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
      assertThat(end % WINDOW_MILLIS).isZero();
      assertThat(Duration.between(Instant.now(), Instant.ofEpochMilli(end)))
          .isBetween(Duration.ofMinutes(-1), Duration.ofHours(5));

      assertThat(couple.mac().untilRedial()).contains(Duration.ofSeconds(8));
      couple.mac().pass(Duration.ofSeconds(8));
      couple.mac().expect(QuotaExceeded.class);
      couple.mac().forgetPast();

      relay().accounts().limit(account, 100_000);
      couple.mac().comeBack();
      couple.mac().expect(RoomRegistered.class);
      couple.phone().start();
      couple.awaitTogether();
      couple.talk("paid");
    }
  }

  @Test
  default void theWelcomeBonusIsSpentBeforeTheWindow() {
    TestAccount account = relay().newAccount();
    relay().accounts().limit(account, 30);
    try (Couple couple = Couple.of(relay(), account)) {
      couple.send(10);
      JsonNode early = usageOnce(couple, it -> bonusLeft(it) <= BONUS_CREDITS - 10);
      assertThat(bonusLeft(early)).isPositive();
      assertThat(early.path("total_tokens").asLong()).isZero();
      assertThat(early.path("remaining").asLong()).isEqualTo(30);

      couple.send(BONUS_CREDITS - 5);
      JsonNode late = usageOnce(couple, it -> it.path("total_tokens").asLong() > 0);
      assertThat(bonusLeft(late)).isZero();
      assertThat(late.path("remaining").asLong()).isPositive();
      assertThat(couple.mac().isTogether()).as("the window's credits are left").isTrue();

      couple.spendEverything();
      QuotaExceeded told = couple.mac().expect(QuotaExceeded.class);
      assertThat(couple.phone().expect(QuotaExceeded.class).extra()).isEqualTo(told.extra());
      assertThat(told.usage()).isGreaterThanOrEqualTo(30);
      ExtraQuota bonus = told.extra().orElseThrow();
      assertThat(bonus.used()).contains((long) BONUS_CREDITS);
      assertThat(bonus.limit()).contains((long) BONUS_CREDITS);
      assertThat(Instant.parse(bonus.expiresAt().orElseThrow()))
          .isBetween(Instant.now().plus(Duration.ofDays(6)), Instant.now().plus(BONUS_LIFE));
    }
  }

  private JsonNode usageOnce(Couple couple, Predicate<JsonNode> isSo) {
    AtomicReference<JsonNode> usage = new AtomicReference<>();
    couple
        .mac()
        .await(
            "what was spent to be known",
            () -> {
              AccountCalls.Answer answer = relay().calls().get("/usage", couple.account().apiKey());
              usage.set(answer.body());
              return answer.status() == 200 && isSo.test(answer.body());
            });
    return Objects.requireNonNull(usage.get());
  }

  private static long bonusLeft(JsonNode usage) {
    return usage.path("extra_quota").path("remaining").asLong();
  }
}
