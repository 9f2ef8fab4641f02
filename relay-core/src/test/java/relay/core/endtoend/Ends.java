package relay.core.endtoend;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relay.core.endtoend.SessionEffect.Send;
import relay.core.x25519.KeyPair;

/** A Mac and a phone with a relay between them that a test plays; time stands until it is moved. */
final class Ends {
  static final SecureRandom RANDOM = new SecureRandom();

  final KeyPair macIdentity = KeyPair.generate(RANDOM);
  final KeyPair phoneIdentity = KeyPair.generate(RANDOM);
  final List<SessionEffect> atMac = new ArrayList<>();
  final List<SessionEffect> atPhone = new ArrayList<>();
  Instant now = Instant.parse("2026-03-23T00:00:00Z");
  MacSession mac;
  PhoneSession phone;
  Introduction macIntroduction;
  Introduction phoneIntroduction;

  private Ends(boolean isBound) {
    PairingToken token = PairingToken.generate(now, RANDOM);
    String macKey = ConnectionKeys.text(macIdentity);
    QrPayload shown = new QrPayload("ws://relay", "ROOM", macKey, token, Optional.empty(), isBound);
    ConnectionKeys macs = ConnectionKeys.fresh(macIdentity, RANDOM);
    ConnectionKeys phones = ConnectionKeys.fresh(phoneIdentity, RANDOM);
    macIntroduction = macs.introduction();
    phoneIntroduction = phones.introduction();
    MacMemory memory = MacMemory.ofNewRoom(RoomSecret.generate(RANDOM)).pairingWith(token);
    mac = new MacSession(memory, macs, RANDOM);
    phone = new PhoneSession(PhoneMemory.of(shown), phones, RANDOM);
  }

  /** Both hold a token; the phone may know that the Mac binds its proofs. */
  static Ends pairing(boolean isBound) {
    return new Ends(isBound);
  }

  /** Both know each other from before, and are connected anew. */
  static Ends paired(boolean isBound) {
    return pairing(isBound).meet().settle().reconnect();
  }

  /** Both lose their connection and make another, with what they remember. */
  Ends reconnect() {
    connect(mac.memory(), phone.memory());
    atMac.clear();
    atPhone.clear();
    return this;
  }

  void connect(MacMemory macMemory, PhoneMemory phoneMemory) {
    connect(macMemory, ConnectionKeys.fresh(macIdentity, RANDOM));
    connect(phoneMemory, ConnectionKeys.fresh(phoneIdentity, RANDOM));
  }

  void connect(MacMemory memory, ConnectionKeys keys) {
    mac = new MacSession(memory, keys, RANDOM);
    macIntroduction = keys.introduction();
  }

  void connect(PhoneMemory memory, ConnectionKeys keys) {
    phone = new PhoneSession(memory, keys, RANDOM);
    phoneIntroduction = keys.introduction();
  }

  /** The relay announces each to the other, the phone first. */
  Ends meet() {
    atPhone.addAll(phone.introduced(macIntroduction));
    atMac.addAll(mac.introduced(phoneIntroduction, now));
    return this;
  }

  /** The relay carries payloads until nobody has anything to say. */
  Ends settle() {
    for (int i = 0; i < 20; i++) {
      carryToPhone();
      carryToMac();
    }
    return this;
  }

  /** Hands over what the Mac has said so far. */
  List<SessionEffect> carryToPhone() {
    List<SessionEffect> effects = new ArrayList<>();
    for (String payload : takeSent(atMac)) {
      effects.addAll(phone.received(payload));
    }
    atPhone.addAll(effects);
    return effects;
  }

  /** Hands over what the phone has said so far. */
  List<SessionEffect> carryToMac() {
    List<SessionEffect> effects = new ArrayList<>();
    for (String payload : takeSent(atPhone)) {
      effects.addAll(mac.received(payload, now));
    }
    atMac.addAll(effects);
    return effects;
  }

  Ends pass(Duration time) {
    now = now.plus(time);
    atMac.addAll(mac.tick(now));
    return this;
  }

  /** Removes and returns the payloads among the effects. */
  static List<String> takeSent(List<SessionEffect> effects) {
    List<String> payloads =
        effects.stream()
            .filter(Send.class::isInstance)
            .map(effect -> ((Send) effect).payload())
            .toList();
    effects.removeIf(Send.class::isInstance);
    return payloads;
  }

  /** What a relay can do that puts keys of its own in place of another's. */
  static SealedChannel inTheMiddle(ConnectionKeys own, Introduction victim) {
    try {
      return new SealedChannel(SessionKey.agree(own, victim), RANDOM);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
