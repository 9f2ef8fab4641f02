package relay.http.socket.pyrycode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.pyrycode.EnvelopeReader;
import relay.http.socket.Target;

/**
 * The phones a binary may address: its own and nobody else's (pyrycode 3.4). As long as the room
 * holds few, comparing bytes is cheaper than a key for a map.
 */
final class PhoneTable {
  private static final int MOST_COMPARED = 32;

  /** One phone of the binary. */
  static final class Phone {
    private final String connId;
    private final byte[] utf8;
    private final long epoch;
    private final Target target;
    private boolean isDismissed;

    private Phone(String connId, long epoch, Target target) {
      this.connId = connId;
      this.utf8 = connId.getBytes(StandardCharsets.UTF_8);
      this.epoch = epoch;
      this.target = target;
    }

    String connId() {
      return connId;
    }

    Target target() {
      return target;
    }

    /** Whether the binary has had it closed, so that it takes nothing more (pyrycode 3.5). */
    boolean isDismissed() {
      return isDismissed;
    }

    void dismiss() {
      isDismissed = true;
    }
  }

  private final List<Phone> phones = new ArrayList<>();
  private final Map<String, Phone> byConnId = new HashMap<>();

  /** A phone joined again is the phone it was. */
  void joined(String connId, long epoch, Target target) {
    if (!byConnId.containsKey(connId)) {
      Phone phone = new Phone(connId, epoch, target);
      byConnId.put(connId, phone);
      phones.add(phone);
    }
  }

  /** False for a phone that was dismissed, since its binary knows, and for an unknown one. */
  boolean left(String connId) {
    Phone phone = byConnId.remove(connId);
    return phone != null && phones.remove(phone) && !phone.isDismissed();
  }

  /** Forgets the phones of other epochs. */
  void keepOnly(long epoch) {
    phones.removeIf(phone -> phone.epoch != epoch);
    byConnId.values().retainAll(phones);
  }

  /** The phone that the message just read is for, or null if it is none of these. */
  @Nullable Phone addressedBy(EnvelopeReader reader) {
    if (phones.size() > MOST_COMPARED) {
      return byConnId.get(reader.connId());
    }
    for (int i = 0; i < phones.size(); i++) {
      Phone phone = phones.get(i);
      if (reader.connIdIs(phone.utf8)) {
        return phone;
      }
    }
    return null;
  }
}
