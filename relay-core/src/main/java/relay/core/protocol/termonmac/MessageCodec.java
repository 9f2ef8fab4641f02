package relay.core.protocol.termonmac;

import java.nio.ByteBuffer;
import relay.core.protocol.JsonMembers;
import relay.core.protocol.termonmac.ClientMessage.Malformed;

/**
 * The only place that knows how messages look on the wire (TermOnMac 3).
 *
 * <p>One per socket, used again for every message. What carries payloads is recognised and checked
 * where it lies: nothing of it is copied, and no object is made for it.
 */
public final class MessageCodec {
  private static final ClientMessage RELAY = new ClientMessage.Relay();
  private static final ClientMessage RELAY_BATCH = new ClientMessage.RelayBatch();
  private static final ClientMessage HEARTBEAT = new ClientMessage.Heartbeat();

  /** The reference Mac sends 20 at most; more of them cost the relay no more. */
  private static final int MAX_PAYLOADS = 256;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** What a message says it is. */
  private enum Type {
    REGISTER_ROOM,
    JOIN_ROOM,
    RELAY,
    RELAY_BATCH,
    HEARTBEAT,
    OTHER,
    NONE
  }

  private final JsonMembers members = new JsonMembers();
  private Type type = Type.NONE;
  private boolean hasPayload;
  private int payloads;

  /**
   * Reads the message between position and limit, which stay where they are. Of members that repeat
   * the last one counts; unknown ones are ignored.
   */
  public ClientMessage read(ByteBuffer message) {
    try {
      return isObject(message) ? meaning(message) : Malformed.NO_MESSAGE;
    } finally {
      // A quiet socket keeps no buffer.
      members.begin(NOTHING);
    }
  }

  /** The message as bytes of its own. */
  public static byte[] write(ServerMessage message) {
    return MessageWriter.write(message);
  }

  private boolean isObject(ByteBuffer message) {
    type = Type.NONE;
    hasPayload = false;
    payloads = 0;
    members.begin(message);
    JsonMembers.Step step = members.next();
    while (step == JsonMembers.Step.MEMBER) {
      take();
      step = members.next();
    }
    return step == JsonMembers.Step.END;
  }

  private void take() {
    if (members.keyIs("type")) {
      type = type();
    } else if (members.keyIs("payload")) {
      hasPayload = members.isText();
    } else if (members.keyIs("payloads")) {
      payloads = members.texts();
    }
  }

  private Type type() {
    if (members.valueIs("relay")) {
      return Type.RELAY;
    }
    if (members.valueIs("relay_batch")) {
      return Type.RELAY_BATCH;
    }
    if (members.valueIs("heartbeat")) {
      return Type.HEARTBEAT;
    }
    if (members.valueIs("register_room")) {
      return Type.REGISTER_ROOM;
    }
    if (members.valueIs("join_room")) {
      return Type.JOIN_ROOM;
    }
    return members.isString() ? Type.OTHER : Type.NONE;
  }

  private ClientMessage meaning(ByteBuffer message) {
    return switch (type) {
      case RELAY -> hasPayload ? RELAY : Malformed.BAD_FIELD;
      case RELAY_BATCH ->
          payloads > 0 && payloads <= MAX_PAYLOADS ? RELAY_BATCH : Malformed.BAD_FIELD;
      case HEARTBEAT -> HEARTBEAT;
      case REGISTER_ROOM -> Introduction.read(members, message).registration();
      case JOIN_ROOM -> Introduction.read(members, message).join();
      case OTHER -> Malformed.UNKNOWN_TYPE;
      case NONE -> Malformed.NO_MESSAGE;
    };
  }
}
