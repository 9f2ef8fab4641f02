package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import relay.core.account.entity.AccountNotice;
import relay.core.room.CloseCause;
import relay.core.room.entity.RoomCommand;
import relay.core.subscription.Balance;
import relay.core.subscription.QuotaExceeded;
import relay.http.access.Authentication;
import relay.http.socket.FakeSocket;
import relay.http.socket.FakeSocket.Close;

/** What becomes of live sockets when something happens to their account. */
class AccountNoticesTest {
  private final Stage stage = new Stage();

  @Test
  void whoeverSignedOutElsewhereIsClosed() {
    FakeSocket mac = stage.mac();
    mac.announce(new AccountNotice.FamilyRevoked(Stage.FAMILY + 1));
    assertThat(mac.closes()).isEmpty();
    mac.announce(new AccountNotice.FamilyRevoked(Stage.FAMILY));
    mac.announce(new AccountNotice.FamilyRevoked(Stage.FAMILY));
    assertThat(mac.closes())
        .containsExactly(new Close(4003, "signed out", CloseCause.SIGNED_OUT, false));
    assertThat(stage.command())
        .isEqualTo(new RoomCommand.Detach(Stage.MAC_SOCKET, CloseCause.SIGNED_OUT, 4003));
  }

  @Test
  void aDeletedAccountIsMentionedInHeartbeatsUntilItIsRestored() {
    FakeSocket mac = stage.mac();
    mac.announce(new AccountNotice.Deleted());
    mac.message(Stage.HEARTBEAT);
    assertThat(mac.queued())
        .endsWith("{\"type\":\"heartbeat_ack\",\"mac_connected\":true,\"account_deleted\":true}");
    mac.announce(new AccountNotice.Restored());
    mac.message(Stage.HEARTBEAT);
    assertThat(mac.queued()).endsWith("{\"type\":\"heartbeat_ack\",\"mac_connected\":true}");
    assertThat(mac.closes()).isEmpty();
  }

  @Test
  void whatWasNotAnnouncedIsFoundOutByAsking() {
    FakeSocket mac = stage.mac();
    stayFor(mac, Duration.ofMinutes(5));
    assertThat(stage.checks).containsExactly(Stage.ACCOUNT + " " + Stage.FAMILY);
    assertThat(mac.closes()).isEmpty();

    stage.signIn = Stage.accepted(true);
    stayFor(mac, Duration.ofMinutes(5));
    mac.message(Stage.HEARTBEAT);
    assertThat(mac.queued()).last().asString().contains("\"account_deleted\":true");

    stage.signIn = CompletableFuture.failedFuture(new TimeoutException());
    stayFor(mac, Duration.ofMinutes(5));
    assertThat(mac.closes()).as("no answer is no refusal").isEmpty();

    stage.signIn = CompletableFuture.completedFuture(new Authentication.Refused());
    stayFor(mac, Duration.ofMinutes(5));
    assertThat(mac.closes()).extracting(Close::code).containsExactly(4003);
  }

  private static void stayFor(FakeSocket socket, Duration time) {
    for (long second = 0; second < time.toSeconds(); second += 30) {
      socket.message(Stage.HEARTBEAT);
      socket.advance(Duration.ofSeconds(30));
      socket.turn();
    }
  }

  @Test
  void anAccountOutOfCreditsIsToldSoAndClosed() {
    FakeSocket phone = stage.pairedPhone();
    var bonus = new Balance.Bonus(10_000, 10_000, Instant.parse("2026-03-20T00:00:00Z"), false);
    Instant reset = Instant.parse("2026-03-23T05:00:00Z");
    phone.announce(
        new AccountNotice.OutOfCredits(new QuotaExceeded(2975, 1000, "5h-98568", reset, bonus)));
    assertThat(phone.queued())
        .endsWith(
            """
            {"type":"quota_exceeded","usage":2975,"limit":1000,"period":"5h-98568",\
            "resets_at":"2026-03-23T05:00:00.000Z","extra_quota_used":10000,\
            "extra_quota_limit":10000,"extra_quota_expires_at":"2026-03-20T00:00:00.000Z"}\
            """,
            "close 4029");
    int said = phone.queued().size();
    phone.message(Stage.RELAY);
    assertThat(phone.handed()).isEmpty();
    assertThat(phone.queued()).hasSize(said);
    assertThat(stage.meters.counts())
        .containsEntry("mid_session", 1)
        .doesNotContainKey("at_connect");
  }
}
