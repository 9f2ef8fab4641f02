package relay.http.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames from bytes as they come and tells a {@link FrameSink} what they say.
 *
 * <p>A message that lies wholly in one chunk is unmasked in place and shown to the sink as a window
 * of that chunk (its position and limit are moved for the call), so it costs neither copy nor
 * allocation. Only a message that spans chunks or frames is collected, in one array that never
 * grows far ahead of the bytes that came, nor past the limit, and that is let go when a chunk ends
 * between messages.
 */
public final class FrameParser {
  private final int maxMessageBytes;
  private final FrameHeader header = new FrameHeader();
  private final Carry message = new Carry();
  private final Carry control = new Carry();

  /** Of the frame under way: what is announced, and what has not come yet. */
  private int length;

  private int left;

  /** The opcode of the message under way, or {@link Opcode#CONTINUATION} between messages. */
  private int kind = Opcode.CONTINUATION;

  private int utf8 = Utf8Check.COMPLETE;
  private boolean isOver;

  public FrameParser(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /**
   * Consumes the bytes from position to limit, unmasking in place. Returns early, with the position
   * behind the message, when the sink wants no more for now. Everything behind a close frame or a
   * violation is ignored.
   */
  public void parse(ByteBuffer in, FrameSink sink) {
    boolean wanted = true;
    while (wanted && !isOver && in.hasRemaining()) {
      if (left > 0 || begins(in, sink)) {
        wanted = Opcode.isControl(header.opcode()) ? readControl(in, sink) : readData(in, sink);
      }
    }
    if (isOver) {
      in.position(in.limit());
    }
    if (!midMessage()) {
      message.release();
    }
  }

  /** Whether a message's first header has been seen and its end not yet. */
  public boolean midMessage() {
    return kind != Opcode.CONTINUATION && !isOver;
  }

  private boolean begins(ByteBuffer in, FrameSink sink) {
    if (!header.read(in)) {
      return false;
    }
    String fault = header.fault() == null ? misplaced(header.opcode()) : header.fault();
    if (fault != null) {
      return violate(WireCode.PROTOCOL_ERROR, fault, sink);
    }
    int opcode = header.opcode();
    if (!Opcode.isControl(opcode)) {
      if (header.length() > maxMessageBytes - message.size()) {
        return violate(WireCode.TOO_BIG, "message too big", sink);
      }
      if (opcode != Opcode.CONTINUATION) {
        kind = opcode;
        utf8 = Utf8Check.COMPLETE;
      }
    }
    length = (int) header.length();
    left = length;
    return true;
  }

  private @Nullable String misplaced(int opcode) {
    return switch (opcode) {
      case Opcode.CONTINUATION -> kind == Opcode.CONTINUATION ? "continuation of nothing" : null;
      case Opcode.TEXT, Opcode.BINARY ->
          kind == Opcode.CONTINUATION ? null : "message inside a message";
      default -> null;
    };
  }

  private boolean readData(ByteBuffer in, FrameSink sink) {
    int from = in.position();
    int to = from + Math.min(left, in.remaining());
    int announced = left;
    boolean isAscii = unmask(in, from, to);
    boolean ends = left == 0 && header.isFinal();
    if (kind == Opcode.TEXT && !isText(in, from, to, isAscii, ends)) {
      return violate(WireCode.INVALID_TEXT, "text is not UTF-8", sink);
    }
    if (ends && message.size() == 0) {
      return show(in, from, to, sink);
    }
    message.append(in, from, to, announced, maxMessageBytes);
    in.position(to);
    return !ends || tell(message.take(), sink);
  }

  private boolean readControl(ByteBuffer in, FrameSink sink) {
    int from = in.position();
    int to = from + Math.min(left, in.remaining());
    int announced = left;
    unmask(in, from, to);
    if (left == 0 && control.size() == 0) {
      return show(in, from, to, sink);
    }
    control.append(in, from, to, announced, FrameRenderer.MAX_CONTROL_BYTES);
    in.position(to);
    if (left == 0) {
      tell(control.take(), sink);
      control.release();
    }
    return true;
  }

  private boolean unmask(ByteBuffer in, int from, int to) {
    boolean isAscii = Mask.remove(in, from, to, Mask.turn(header.key(), length - left));
    left -= to - from;
    return isAscii;
  }

  private boolean isText(ByteBuffer in, int from, int to, boolean isAscii, boolean ends) {
    if (!isAscii || utf8 != Utf8Check.COMPLETE) {
      utf8 = Utf8Check.advance(utf8, in, from, to);
    }
    return ends ? utf8 == Utf8Check.COMPLETE : utf8 != Utf8Check.INVALID;
  }

  private boolean show(ByteBuffer in, int from, int to, FrameSink sink) {
    int end = in.limit();
    in.limit(to).position(from);
    boolean wanted = tell(in, sink);
    in.limit(end).position(to);
    return wanted;
  }

  private boolean tell(ByteBuffer payload, FrameSink sink) {
    switch (header.opcode()) {
      case Opcode.PING -> sink.ping(payload);
      case Opcode.PONG -> sink.pong(payload);
      case Opcode.CLOSE -> tellClose(payload, sink);
      default -> {
        boolean isText = kind == Opcode.TEXT;
        kind = Opcode.CONTINUATION;
        return sink.message(payload, isText);
      }
    }
    return true;
  }

  private void tellClose(ByteBuffer payload, FrameSink sink) {
    int at = payload.position();
    int bytes = payload.remaining();
    if (bytes == 0) {
      isOver = true;
      sink.close(WireCode.NONE, "");
      return;
    }
    int code = bytes == 1 ? 0 : (payload.get(at) & 0xFF) << 8 | (payload.get(at + 1) & 0xFF);
    if (!WireCode.isValid(code)) {
      violate(WireCode.PROTOCOL_ERROR, "malformed close frame", sink);
    } else if (Utf8Check.advance(Utf8Check.COMPLETE, payload, at + 2, at + bytes)
        != Utf8Check.COMPLETE) {
      violate(WireCode.INVALID_TEXT, "close reason is not UTF-8", sink);
    } else {
      isOver = true;
      sink.close(code, UTF_8.decode(payload.position(at + 2)).toString());
    }
  }

  private boolean violate(int closeCode, String reason, FrameSink sink) {
    isOver = true;
    sink.violation(closeCode, reason);
    return false;
  }
}
