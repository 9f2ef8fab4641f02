package relay.http.socket.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import relay.core.limits.Limit;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.subscription.entity.RoomReply;
import relay.http.access.Authentication;
import relay.http.socket.Closure;
import relay.http.socket.Upgrade;

/** The checks before the upgrade, and their order (TermOnMac 2.2). */
class UpgradeChecksTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  private final UpgradeStage upgrades = new UpgradeStage(TEST_KIT.system());

  @Test
  void aMacWithAKeyAndARoomIsLetIn() {
    Upgrade upgrade = upgrades.upgrade(UpgradeStage.mac());
    assertThat(upgrade.handler().room()).isEqualTo(new RoomKey(Dialect.TERMONMAC, Stage.ROOM));
    assertThat(upgrade.handler().account()).isEqualTo(Stage.ACCOUNT);
    assertThat(upgrade.limits().maxMessageBytes()).isEqualTo(8_388_608);
    assertThat(upgrade.limits().maxQueuedBytes()).isEqualTo(4_194_304);
    assertThat(upgrade.limits().pausesSenders()).isTrue();
    assertThat(upgrades.keys).containsExactly(UpgradeStage.KEY);
    assertThat(upgrades.stage.allowance.rooms()).containsExactly("acquire " + Stage.ROOM);
    assertThat(upgrades.stage.meters.counts()).isEqualTo(Map.of("accepted", 1));
  }

  @Test
  void aPhoneTakesNoRoomOfItsAccount() {
    Upgrade upgrade = upgrades.upgrade(UpgradeStage.phone());
    assertThat(upgrade.limits().maxQueuedBytes()).isEqualTo(33_554_432);
    assertThat(upgrades.stage.allowance.rooms()).isEmpty();
  }

  @Test
  void theRoleMayBeLeftOutAndASandboxKeyIsIgnoredWhereNoneIsSet() {
    HttpRequest request = sandboxed(UpgradeStage.request("/ws?room_id=" + Stage.ROOM), "anything");
    assertThat(upgrades.status(request)).isEqualTo(101);
    assertThat(upgrades.stage.allowance.rooms()).isEmpty();
  }

  @Test
  void whereASandboxKeyIsSetItIsAskedForBeforeAnythingElse() {
    upgrades.sandboxKey = "sandbox";
    upgrades.authentication = UpgradeStage.refused();
    for (HttpRequest wrong :
        new HttpRequest[] {UpgradeStage.mac(), sandboxed(UpgradeStage.phone(), "other")}) {
      HttpResponse answer = upgrades.answer(wrong);
      assertThat(answer.status().intValue()).isEqualTo(403);
      assertThat(UpgradeStage.body(answer)).isEqualTo("{\"error\":\"SANDBOX_KEY_INVALID\"}");
    }
    assertThat(upgrades.keys).as("API keys looked at").isEmpty();
    assertThat(upgrades.cap().taken()).isZero();
    assertThat(upgrades.stage.meters.counts()).isEqualTo(Map.of("sandbox_key_invalid", 2));

    upgrades.authentication = Stage.accepted(false);
    assertThat(upgrades.status(sandboxed(UpgradeStage.mac(), "sandbox"))).isEqualTo(101);
  }

  @Test
  void aRefusalIsAWholeResponse() {
    upgrades.authentication = UpgradeStage.refused();
    HttpResponse answer = upgrades.answer(UpgradeStage.mac());
    assertThat(answer.status().intValue()).isEqualTo(401);
    assertThat(UpgradeStage.body(answer)).isEqualTo("{\"error\":\"UNAUTHORIZED\"}");
    assertThat(answer.entity().getContentType()).hasToString("application/json");
    assertThat(header(answer, "Connection")).isEqualTo("close");
    assertThat(upgrades.cap().taken()).isZero();
  }

  @Test
  void whoHasNoKeyIsUnauthorizedWhateverElseIsWrong() {
    upgrades.authentication = UpgradeStage.refused();
    assertThat(upgrades.status(UpgradeStage.bare("/ws"))).isEqualTo(401);
    assertThat(
            upgrades.status(
                UpgradeStage.bare("/ws")
                    .addHeader(RawHeader.create("Authorization", "Basic " + UpgradeStage.KEY))))
        .isEqualTo(401);
    assertThat(upgrades.keys).containsExactly("null", "null");
    assertThat(upgrades.stage.allowance.rooms()).isEmpty();
  }

  @Test
  void theOrderIs401Then410Then429ThenTheRequestThen403() {
    upgrades.limiting(Limit.UPGRADES_OF_ACCOUNT, 1);
    upgrades.stage.allowance.room =
        CompletableFuture.completedFuture(new RoomReply.RoomLimit(4, 4));
    upgrades.authentication = Stage.accepted(true);
    HttpResponse deleted = upgrades.answer(UpgradeStage.bare("/ws"));
    assertThat(deleted.status().intValue()).isEqualTo(410);
    assertThat(UpgradeStage.body(deleted)).isEqualTo("{\"error\":\"ACCOUNT_DELETED\"}");

    upgrades.authentication = Stage.accepted(false);
    HttpResponse full = upgrades.answer(UpgradeStage.mac());
    assertThat(full.status().intValue()).isEqualTo(403);
    assertThat(UpgradeStage.body(full)).isEqualTo("{\"error\":\"ROOM_LIMIT\"}");

    HttpResponse often = upgrades.answer(UpgradeStage.mac());
    assertThat(often.status().intValue()).as("the account has used its rate").isEqualTo(429);
    assertThat(UpgradeStage.body(often)).isEqualTo("{\"error\":\"RATE_LIMITED\"}");
    assertThat(header(often, "Retry-After")).isEqualTo("6");

    upgrades.authentication = Stage.accepted(true);
    assertThat(upgrades.status(UpgradeStage.mac())).isEqualTo(410);
    upgrades.authentication = UpgradeStage.refused();
    assertThat(upgrades.status(UpgradeStage.mac())).isEqualTo(401);
  }

  @Test
  void aRequestThatIsNoUpgradeTakesNoRoom() {
    HttpRequest plain =
        UpgradeStage.bare("/ws?room_id=" + Stage.ROOM + "&role=mac")
            .addHeader(UpgradeStage.bearer(UpgradeStage.KEY));
    HttpResponse answer = upgrades.answer(plain);
    assertThat(answer.status().intValue()).isEqualTo(426);
    assertThat(UpgradeStage.body(answer)).isEqualTo("{\"error\":\"UPGRADE_REQUIRED\"}");
    for (String query :
        new String[] {"", "?room_id=", "?room_id=a%2Fb", "?room_id=" + "x".repeat(65)}) {
      HttpResponse bad =
          upgrades.answer(
              UpgradeStage.request("/ws" + query + (query.isEmpty() ? "?" : "&") + "role=mac"));
      assertThat(bad.status().intValue()).as(query).isEqualTo(400);
      assertThat(UpgradeStage.body(bad)).isEqualTo("{\"error\":\"BAD_REQUEST\"}");
    }
    assertThat(upgrades.stage.allowance.rooms()).isEmpty();
    assertThat(upgrades.cap().taken()).isZero();
  }

  @Test
  void anAddressWithTooManyBadKeysIsNotLookedAtAnyMore() {
    upgrades.limiting(Limit.UNAUTHORIZED, 2);
    upgrades.authentication = UpgradeStage.refused();
    assertThat(upgrades.status(UpgradeStage.mac())).isEqualTo(401);
    assertThat(upgrades.status(UpgradeStage.mac())).isEqualTo(401);
    assertThat(upgrades.status(UpgradeStage.mac())).isEqualTo(429);
    assertThat(upgrades.keys).hasSize(2);
  }

  @Test
  void anAccountThatShowedTooManyWrongSecretsIsRefused() {
    upgrades.limiting(Limit.AUTH_FAILED, 1);
    assertThat(upgrades.status(UpgradeStage.phone())).isEqualTo(101);
    upgrades.limits().take(Limit.AUTH_FAILED, Stage.ACCOUNT.value());
    assertThat(upgrades.status(UpgradeStage.phone())).isEqualTo(429);
  }

  @Test
  void anAddressHasARateOfItsOwn() {
    upgrades.limiting(Limit.UPGRADES_OF_ADDRESS, 1);
    assertThat(upgrades.status(UpgradeStage.phone())).isEqualTo(101);
    assertThat(upgrades.status(UpgradeStage.phone())).isEqualTo(429);
  }

  @Test
  void whatDoesNotAnswerIsUnavailableAndNeverUnauthorized() {
    upgrades.authentication = CompletableFuture.failedFuture(new TimeoutException());
    HttpResponse answer = upgrades.answer(UpgradeStage.mac());
    assertThat(answer.status().intValue()).isEqualTo(503);
    assertThat(UpgradeStage.body(answer)).isEqualTo("{\"error\":\"UNAVAILABLE\"}");
    upgrades.authentication = Stage.accepted(false);
    upgrades.stage.allowance.room = CompletableFuture.failedFuture(new TimeoutException());
    assertThat(upgrades.status(UpgradeStage.mac())).isEqualTo(503);
    assertThat(upgrades.cap().taken()).isZero();
  }

  @Test
  void aFullNodeAsksNobody() {
    upgrades.cappedAt(1);
    assertThat(upgrades.status(UpgradeStage.phone())).isEqualTo(101);
    HttpResponse answer = upgrades.answer(UpgradeStage.phone());
    assertThat(answer.status().intValue()).isEqualTo(503);
    assertThat(UpgradeStage.body(answer)).isEqualTo("{\"error\":\"OVERLOADED\"}");
    assertThat(upgrades.keys).hasSize(1);
  }

  @Test
  void requestsThatAreUnderWayTakeTheirPlaceAndGiveItBack() {
    upgrades.cappedAt(1);
    CompletableFuture<Authentication> pending = new CompletableFuture<>();
    upgrades.authentication = pending;
    CompletableFuture<HttpResponse> first = upgrades.ask(UpgradeStage.phone());
    assertThat(upgrades.status(UpgradeStage.phone())).isEqualTo(503);
    pending.complete(new Authentication.Refused());
    assertThat(first.join().status().intValue()).isEqualTo(401);
    assertThat(upgrades.cap().taken()).isZero();
  }

  @Test
  void whoIsGoneBeforeTheAnswerLeavesNothingBehind() {
    Upgrade upgrade = upgrades.upgrade(UpgradeStage.mac());
    upgrades.stage.allowance.rooms();
    upgrade.handler().closed(new Closure(CloseCause.PEER_DROPPED, 0));
    assertThat(upgrades.cap().taken()).isZero();
    assertThat(upgrades.stage.allowance.rooms()).containsExactly("left " + Stage.ROOM);
  }

  private static HttpRequest sandboxed(HttpRequest request, String key) {
    return request.addHeader(RawHeader.create("X-Sandbox-Key", key));
  }

  private static String header(HttpResponse response, String name) {
    return response.getHeader(name).map(HttpHeader::value).orElse("");
  }
}
