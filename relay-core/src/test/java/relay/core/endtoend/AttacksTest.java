package relay.core.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import relay.core.endtoend.AppMessage.AuthOk;
import relay.core.endtoend.AppMessage.ChallengeAsked;
import relay.core.endtoend.AppMessage.ChallengeResponse;
import relay.core.endtoend.AppMessage.PairingCredentials;
import relay.core.endtoend.AppMessage.RotateSecretAck;
import relay.core.endtoend.SessionEffect.Authenticated;
import relay.core.endtoend.SessionEffect.Refuse;
import relay.core.x25519.KeyPair;

/** What a relay that is no honest one can try (TermOnMac 10.7). */
class AttacksTest {
  private final KeyPair stranger = KeyPair.generate(Ends.RANDOM);
  private final ConnectionKeys attacker = ConnectionKeys.fresh(stranger, Ends.RANDOM);

  /** A trusted phone's identity with the attacker's keys for this connection. */
  private Introduction masked(Introduction victim) {
    Introduction own = attacker.introduction();
    return new Introduction(victim.publicKey(), own.sessionNonce(), own.ephemeralKey());
  }

  private static AppMessage open(SealedChannel channel, List<SessionEffect> effects) {
    return channel.open(Ends.takeSent(new ArrayList<>(effects)).getFirst()).orElseThrow();
  }

  private static String nonceOf(AppMessage asked) {
    return ((ChallengeAsked) asked).nonce();
  }

  @Nested
  class AgainstAMac {
    private final Ends ends = Ends.paired(true);
    private final SealedChannel channel = Ends.inTheMiddle(attacker, ends.macIntroduction);
    private final AppMessage asked =
        open(channel, ends.mac.introduced(masked(ends.phoneIntroduction), ends.now));

    private List<SessionEffect> say(AppMessage message) {
      return ends.mac.received(channel.seal(message), ends.now);
    }

    @Test
    void aChallengeBeforeTheProofIsNotAnswered() {
      String nonce = Challenge.generate(Ends.RANDOM).text();
      assertThat(say(new ChallengeAsked(nonce))).isEmpty();
      assertThat(ends.mac.isAuthenticated()).isFalse();
      assertThat(say(new RotateSecretAck())).isEmpty();
      assertThat(ends.mac.tick(ends.now.plusSeconds(60))).isEmpty();
      assertThat(ends.mac.isAuthenticated()).isFalse();
    }

    @Test
    void theMacsOwnChallengeIsNotAnsweredForIt() {
      assertThat(say(new ChallengeAsked(nonceOf(asked)))).isEmpty();
    }

    @Test
    void aWrongProofEndsTheSession() {
      assertThat(say(new ChallengeResponse("bm9wZQ==")))
          .containsExactly(new Refuse(SessionRefusal.WRONG_PROOF));
      assertThat(say(new ChallengeResponse("bm9wZQ=="))).isEmpty();
    }

    @Test
    void aProofOfTheRealPhoneForAnotherSessionIsNotTaken() {
      SealedChannel towardsPhone = Ends.inTheMiddle(attacker, ends.phoneIntroduction);
      ends.phone.introduced(masked(ends.macIntroduction));
      AppMessage proof =
          open(
              towardsPhone,
              ends.phone.received(towardsPhone.seal(new ChallengeAsked(nonceOf(asked)))));
      assertThat(say(proof)).containsExactly(new Refuse(SessionRefusal.WRONG_PROOF));
    }

    @Test
    void aPhoneThatBindsItsProofsIsNotTalkedIntoOldKeys() {
      Introduction phone = ends.phoneIntroduction;
      for (Introduction old :
          List.of(
              new Introduction(phone.publicKey(), phone.sessionNonce(), ""),
              new Introduction(phone.publicKey(), "", phone.ephemeralKey()))) {
        assertThat(ends.mac.introduced(old, ends.now))
            .containsExactly(new Refuse(SessionRefusal.DOWNGRADED));
      }
    }

    @Test
    void keysThatComeBackOrAreNoneAreRefused() {
      Introduction own = ends.macIntroduction;
      Introduction echo =
          new Introduction(ends.phoneIntroduction.publicKey(), "bm9uY2U=", own.ephemeralKey());
      assertThat(ends.mac.introduced(own, ends.now))
          .containsExactly(new Refuse(SessionRefusal.REFLECTED));
      assertThat(ends.mac.introduced(echo, ends.now))
          .containsExactly(new Refuse(SessionRefusal.REFLECTED));
      String small = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
      Introduction weak = new Introduction(ends.phoneIntroduction.publicKey(), "bm9uY2U=", small);
      assertThat(ends.mac.introduced(weak, ends.now))
          .containsExactly(new Refuse(SessionRefusal.BAD_KEYS));
    }

    @Test
    void aStrangerIsRefused() {
      assertThat(ends.mac.introduced(attacker.introduction(), ends.now))
          .containsExactly(new Refuse(SessionRefusal.UNTRUSTED));
    }

    @Test
    void anExpiredTokenEnrolsNobody() {
      Ends late = Ends.pairing(false);
      late.now = late.now.plus(PairingToken.LIFETIME);
      late.meet();
      assertThat(late.atMac).containsExactly(new Refuse(SessionRefusal.UNTRUSTED));
    }

    @Test
    void aFullTrustStoreTakesNobodyElse() {
      Ends full = Ends.pairing(false);
      TrustStore devices = TrustStore.empty();
      for (int i = 0; i < TrustStore.MAX_DEVICES; i++) {
        devices = devices.with(new TrustedDevice("phone " + i, full.now, false));
      }
      MacMemory memory = full.mac.memory();
      full.connect(
          new MacMemory(memory.secret(), false, devices, memory.token()), full.phone.memory());
      full.meet();
      assertThat(full.atMac).containsExactly(new Refuse(SessionRefusal.TRUST_STORE_FULL));
    }
  }

  @Nested
  class AgainstAPhone {
    private final Ends ends = Ends.paired(true);
    private final SealedChannel channel = Ends.inTheMiddle(attacker, ends.phoneIntroduction);

    private List<SessionEffect> say(AppMessage message) {
      return ends.phone.received(channel.seal(message));
    }

    @Test
    void anotherMacIsRefused() {
      assertThat(ends.phone.introduced(attacker.introduction()))
          .containsExactly(new Refuse(SessionRefusal.WRONG_MAC));
    }

    @Test
    void aMacThatOnlySaysSoIsNotBelieved() {
      ends.phone.introduced(masked(ends.macIntroduction));
      assertThat(say(new AuthOk())).as("before any proof").isEmpty();
      say(new ChallengeAsked(Challenge.generate(Ends.RANDOM).text()));
      say(new AuthOk());
      say(new PairingCredentials("attacker's"));
      assertThat(say(new ChallengeResponse("bm9wZQ==")))
          .containsExactly(new Refuse(SessionRefusal.WRONG_PROOF));
      assertThat(ends.phone.isAuthenticated()).isFalse();
    }

    @Test
    void thePhonesOwnChallengeIsNotAnsweredForIt() {
      ends.phone.introduced(masked(ends.macIntroduction));
      say(new ChallengeAsked(Challenge.generate(Ends.RANDOM).text()));
      AppMessage asked = open(channel, say(new AuthOk()));
      assertThat(say(asked)).isEmpty();
      assertThat(ends.phone.isAuthenticated()).isFalse();
    }

    @Test
    void itGivesOneProofASession() {
      ends.phone.introduced(masked(ends.macIntroduction));
      assertThat(say(new ChallengeAsked(Challenge.generate(Ends.RANDOM).text()))).hasSize(1);
      assertThat(say(new ChallengeAsked(Challenge.generate(Ends.RANDOM).text()))).isEmpty();
    }

    @Test
    void aSecretItIsSentProvesNothingToAPhoneThatKnowsBetter() {
      Ends fresh = Ends.pairing(true);
      assertThat(lieTo(fresh)).contains(new Refuse(SessionRefusal.WRONG_PROOF));
    }

    /**
     * The weakness that the plain form has, and the reason for the bound one: a phone that pairs
     * with the real Mac has to take a proof made with the secret it was just sent.
     */
    @Test
    void aSecretItIsSentDeceivesAPhoneOfTheOlderKind() {
      Ends fresh = Ends.pairing(false);
      assertThat(lieTo(fresh)).contains(new Authenticated());
    }

    private List<SessionEffect> lieTo(Ends victim) {
      SealedChannel lies = Ends.inTheMiddle(attacker, victim.phoneIntroduction);
      victim.phone.introduced(masked(victim.macIntroduction));
      victim.phone.received(lies.seal(new ChallengeAsked(Challenge.generate(Ends.RANDOM).text())));
      victim.phone.received(lies.seal(new AuthOk()));
      AppMessage asked =
          open(lies, victim.phone.received(lies.seal(new PairingCredentials("made up"))));
      Challenge challenge = Challenge.parse(nonceOf(asked)).orElseThrow();
      String proof = challenge.answer(new RoomSecret("made up"), Binding.NONE);
      return victim.phone.received(lies.seal(new ChallengeResponse(proof)));
    }
  }

  @Nested
  class InTheMiddle {
    /** Carries the other side's proofs over, sealed anew, for as long as they are believed. */
    private Ends meddle(boolean isBound) {
      Ends ends = Ends.paired(isBound);
      SealedChannel atMac = Ends.inTheMiddle(attacker, ends.macIntroduction);
      SealedChannel atPhone = Ends.inTheMiddle(attacker, ends.phoneIntroduction);
      ends.atPhone.addAll(ends.phone.introduced(masked(ends.macIntroduction)));
      ends.atMac.addAll(ends.mac.introduced(masked(ends.phoneIntroduction), ends.now));
      for (int i = 0; i < 10; i++) {
        for (String payload : Ends.takeSent(ends.atMac)) {
          Optional<AppMessage> said = atMac.open(payload);
          ends.atPhone.addAll(ends.phone.received(atPhone.seal(said.orElseThrow())));
        }
        for (String payload : Ends.takeSent(ends.atPhone)) {
          Optional<AppMessage> said = atPhone.open(payload);
          ends.atMac.addAll(ends.mac.received(atMac.seal(said.orElseThrow()), ends.now));
        }
      }
      return ends;
    }

    @Test
    void nobodyIsBelievedByEndsThatBindTheirProofs() {
      Ends ends = meddle(true);
      assertThat(ends.mac.isAuthenticated() || ends.phone.isAuthenticated()).isFalse();
    }

    /** What the real clients cannot prevent, since they tie no proof to a session (10.6). */
    @Test
    void theRelayReadsAlongWithEndsOfTheOlderKind() {
      Ends ends = meddle(false);
      assertThat(ends.mac.isAuthenticated() && ends.phone.isAuthenticated()).isTrue();
    }
  }

  @Nested
  class WithRecords {
    private final Ends ends = Ends.paired(true);

    @Test
    void thatAreReplayedOrReflectedNothingIsDone() {
      ends.meet().settle();
      String typed = ends.phone.seal("{\"type\":\"pty_input\",\"data\":\"cm0=\"}");
      assertThat(ends.mac.received(typed, ends.now)).hasSize(1);
      assertThat(ends.mac.received(typed, ends.now)).as("replayed").isEmpty();
      String unread = ends.phone.seal("{\"type\":\"pty_input\"}");
      assertThat(ends.phone.received(unread)).as("reflected").isEmpty();
    }

    @Test
    void anEarlyChallengeThatIsReflectedIsNotAnswered() {
      ends.meet();
      List<String> asked = Ends.takeSent(ends.atMac);
      assertThat(ends.mac.received(asked.getFirst(), ends.now)).isEmpty();
    }
  }
}
