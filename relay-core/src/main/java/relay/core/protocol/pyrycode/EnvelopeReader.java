package relay.core.protocol.pyrycode;

import java.nio.ByteBuffer;
import relay.core.protocol.JsonMembers;
import relay.core.protocol.JsonString;

/**
 * Reads what a binary sends (pyrycode 3.4), finding the frame's bytes without touching them.
 *
 * <p>One per socket, used again for every message. What it says of a message is valid until the
 * next {@link #read} or {@link #forget}, and {@link #connId} and {@link #connIdIs} only as long as
 * the message's bytes are.
 */
public final class EnvelopeReader {
  /** What a message turned out to be. */
  public enum Result {
    /**
     * A frame for the phone named by {@link #connId}; a close code other than 0 closes after it.
     */
    FRAME,
    /** No frame; the phone is to be closed with {@link #closeCode}. */
    CLOSE,
    /** A request to wake a phone, for {@link PushWake#parse}. */
    PUSH_WAKE,
    /** Not a JSON object, or one with a field of the wrong type. */
    MALFORMED,
    /** It names no phone and asks for no wake. */
    MISSING_CONN_ID,
    /** It names a phone and has nothing for it. */
    MISSING_FRAME
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int MAX_CLOSE_CODE = 65_535;

  private final JsonMembers members = new JsonMembers();
  private ByteBuffer message = NOTHING;
  private int connIdStart;
  private int connIdEnd;
  private int frameStart;
  private int frameEnd;
  private int pushWakeStart;
  private int pushWakeEnd;
  private int closeCode;

  /** Reads the message between position and limit, which stay where they are. */
  public Result read(ByteBuffer envelope) {
    begin(envelope);
    JsonMembers.Step step = members.next();
    while (step == JsonMembers.Step.MEMBER) {
      if (!take()) {
        return Result.MALFORMED;
      }
      step = members.next();
    }
    return step == JsonMembers.Step.END ? verdict() : Result.MALFORMED;
  }

  /** Whether the message's conn_id is the one with this UTF-8 form. */
  public boolean connIdIs(byte[] utf8) {
    int length = connIdEnd - connIdStart;
    // An escape is longer than what it stands for, so bytes of the same number have none in them.
    return length == utf8.length ? isSpelled(utf8) : length > utf8.length && decodesTo(utf8);
  }

  public String connId() {
    return JsonString.decode(message, connIdStart, connIdEnd);
  }

  /** 0 where the message has none. */
  public int closeCode() {
    return closeCode;
  }

  /** Index in the message of the first byte of a {@code FRAME}'s JSON value. */
  public int frameStart() {
    return frameStart;
  }

  /** Index behind the last byte of a {@code FRAME}'s JSON value. */
  public int frameEnd() {
    return frameEnd;
  }

  /** Index in the message of the first byte of a {@code PUSH_WAKE}'s JSON value. */
  public int pushWakeStart() {
    return pushWakeStart;
  }

  /** Index behind the last byte of a {@code PUSH_WAKE}'s JSON value. */
  public int pushWakeEnd() {
    return pushWakeEnd;
  }

  /** Lets go of the message, so that a quiet socket keeps no buffer. */
  public void forget() {
    begin(NOTHING);
  }

  private void begin(ByteBuffer envelope) {
    message = envelope;
    members.begin(envelope);
    connIdStart = connIdEnd = 0;
    frameStart = frameEnd = 0;
    pushWakeStart = pushWakeEnd = 0;
    closeCode = 0;
  }

  private boolean take() {
    if (members.keyIsInAnyCase("conn_id")) {
      return takeConnId();
    }
    if (members.keyIsInAnyCase("frame")) {
      frameStart = members.isNull() ? 0 : members.valueStart();
      frameEnd = members.isNull() ? 0 : members.valueEnd();
    } else if (members.keyIsInAnyCase("close_code")) {
      return takeCloseCode();
    } else if (members.keyIsInAnyCase("push_wake")) {
      pushWakeStart = members.isNull() ? 0 : members.valueStart();
      pushWakeEnd = members.isNull() ? 0 : members.valueEnd();
    }
    return true;
  }

  /** To Go's decoder null is no value: what an earlier duplicate said stays. */
  private boolean takeConnId() {
    if (members.isNull()) {
      return true;
    }
    connIdStart = members.valueStart() + 1;
    connIdEnd = members.valueEnd() - 1;
    return members.isString();
  }

  private boolean takeCloseCode() {
    if (members.isNull()) {
      return true;
    }
    int code = 0;
    for (int at = members.valueStart(); at < members.valueEnd(); at++) {
      int digit = message.get(at) - '0';
      code = 10 * code + digit;
      if (digit < 0 || digit > 9 || code > MAX_CLOSE_CODE) {
        return false;
      }
    }
    closeCode = code;
    return true;
  }

  private Result verdict() {
    if (connIdStart == connIdEnd) {
      return pushWakeEnd > 0 ? Result.PUSH_WAKE : Result.MISSING_CONN_ID;
    }
    if (frameEnd > 0) {
      return Result.FRAME;
    }
    return closeCode == 0 ? Result.MISSING_FRAME : Result.CLOSE;
  }

  /** Backwards, because the ids of one binary's phones differ at their end. */
  private boolean isSpelled(byte[] utf8) {
    for (int i = utf8.length - 1; i >= 0; i--) {
      byte spelled = message.get(connIdStart + i);
      if (spelled != utf8[i] || spelled == '\\') {
        return false;
      }
    }
    return true;
  }

  private boolean decodesTo(byte[] utf8) {
    int matched = 0;
    int at = connIdStart;
    while (at < connIdEnd && matched >= 0) {
      long read = JsonString.read(message, at);
      matched = JsonString.match(utf8, matched, JsonString.character(read));
      at = JsonString.next(read);
    }
    return matched == utf8.length;
  }
}
