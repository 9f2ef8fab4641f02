package relay.http.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  private static final VarHandle SHORT =
      MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIN = 0x80;
  private static final int RESERVED_BITS = 0x70;
  private static final int MASKED = 0x80;
  private static final int MAX_HEADER_BYTES = 14;

  private final int maxMessageBytes;
  private final ByteBuffer header = ByteBuffer.allocate(MAX_HEADER_BYTES);
  private final Carry message = new Carry();
  private final Carry control = new Carry();

  private int opcode;
  private boolean isFinal;
  private int key;
  private int length;
  private int left;

  /** The opcode of the message under way, or {@link Opcode#CONTINUATION} between messages. */
  private int kind;

  private int utf8;
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
      if (left > 0 || readHeader(in, sink)) {
        wanted = Opcode.isControl(opcode) ? readControl(in, sink) : readData(in, sink);
      }
    }
    if (isOver) {
      in.position(in.limit());
    }
    if (isOver || !midMessage()) {
      message.release();
    }
  }

  /** Whether a message's first header has been seen and its end not yet. */
  public boolean midMessage() {
    return kind != Opcode.CONTINUATION && !isOver;
  }

  private boolean readHeader(ByteBuffer in, FrameSink sink) {
    int at = in.position();
    if (header.position() == 0 && in.remaining() >= MAX_HEADER_BYTES) {
      int first = in.get(at);
      int second = in.get(at + 1);
      if (!checkStart(first, second, sink)) {
        return false;
      }
      in.position(at + headerBytes(second));
      return begin(in, at, sink);
    }
    while (in.hasRemaining()) {
      header.put(in.get());
      int seen = header.position();
      if (seen == 2 && !checkStart(header.get(0), header.get(1), sink)) {
        return false;
      }
      if (seen >= 2 && seen == headerBytes(header.get(1))) {
        header.clear();
        return begin(header, 0, sink);
      }
    }
    return false;
  }

  private static int headerBytes(int second) {
    return switch (second & 0x7F) {
      case 126 -> 8;
      case 127 -> 14;
      default -> 6;
    };
  }

  private boolean checkStart(int first, int second, FrameSink sink) {
    String fault = faultOf(first, second);
    if (fault == null) {
      return true;
    }
    violate(WireCode.PROTOCOL_ERROR, fault, sink);
    return false;
  }

  private @Nullable String faultOf(int first, int second) {
    int code = first & 0x0F;
    if ((first & RESERVED_BITS) != 0) {
      return "reserved bits set";
    }
    if (Opcode.isReserved(code)) {
      return "unknown opcode";
    }
    if ((second & MASKED) == 0) {
      return "frame not masked";
    }
    if (Opcode.isControl(code)) {
      if ((first & FIN) == 0) {
        return "fragmented control frame";
      }
      return (second & 0x7F) > FrameRenderer.MAX_CONTROL_BYTES ? "control frame too long" : null;
    }
    if (code == Opcode.CONTINUATION) {
      return kind == Opcode.CONTINUATION ? "continuation of nothing" : null;
    }
    return kind == Opcode.CONTINUATION ? null : "message inside a message";
  }

  private boolean begin(ByteBuffer head, int at, FrameSink sink) {
    int first = head.get(at);
    int shortLength = head.get(at + 1) & 0x7F;
    long announced =
        switch (shortLength) {
          case 126 -> (short) SHORT.get(head, at + 2) & 0xFFFF;
          case 127 -> (long) LONG.get(head, at + 2);
          default -> shortLength;
        };
    if (announced < 0
        || (shortLength == 126 && announced <= FrameRenderer.MAX_CONTROL_BYTES)
        || (shortLength == 127 && announced <= 0xFFFF)) {
      violate(WireCode.PROTOCOL_ERROR, "malformed length", sink);
      return false;
    }
    if (!Opcode.isControl(first & 0x0F) && announced > maxMessageBytes - message.size()) {
      violate(WireCode.TOO_BIG, "message too big", sink);
      return false;
    }
    opcode = first & 0x0F;
    isFinal = (first & FIN) != 0;
    key = (int) INT.get(head, at + headerBytes(shortLength) - Integer.BYTES);
    length = (int) announced;
    left = length;
    if (opcode == Opcode.TEXT || opcode == Opcode.BINARY) {
      kind = opcode;
      utf8 = Utf8Check.COMPLETE;
    }
    return true;
  }

  private boolean readData(ByteBuffer in, FrameSink sink) {
    int from = in.position();
    int to = from + Math.min(left, in.remaining());
    boolean isAscii = Mask.remove(in, from, to, Mask.turn(key, length - left));
    int announced = left;
    left -= to - from;
    boolean ends = isFinal && left == 0;
    if (kind == Opcode.TEXT && !checkText(in, from, to, isAscii, ends)) {
      violate(WireCode.INVALID_TEXT, "text is not UTF-8", sink);
      return false;
    }
    if (ends && message.size() == 0) {
      return show(in, from, to, sink);
    }
    message.append(in, from, to, announced, maxMessageBytes);
    in.position(to);
    return !ends || tell(message.take(), sink);
  }

  private boolean checkText(ByteBuffer in, int from, int to, boolean isAscii, boolean ends) {
    if (!isAscii || utf8 != Utf8Check.COMPLETE) {
      utf8 = Utf8Check.advance(utf8, in, from, to);
    }
    return ends ? utf8 == Utf8Check.COMPLETE : utf8 != Utf8Check.INVALID;
  }

  private boolean readControl(ByteBuffer in, FrameSink sink) {
    int from = in.position();
    int to = from + Math.min(left, in.remaining());
    Mask.remove(in, from, to, Mask.turn(key, length - left));
    int announced = left;
    left -= to - from;
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

  private boolean show(ByteBuffer in, int from, int to, FrameSink sink) {
    int end = in.limit();
    in.limit(to).position(from);
    boolean wanted = tell(in, sink);
    in.limit(end).position(to);
    return wanted;
  }

  private boolean tell(ByteBuffer payload, FrameSink sink) {
    switch (opcode) {
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
    int code = bytes < 2 ? WireCode.NONE : (short) SHORT.get(payload, at) & 0xFFFF;
    if (bytes == 1 || (bytes > 1 && !WireCode.isValid(code))) {
      violate(WireCode.PROTOCOL_ERROR, "malformed close frame", sink);
    } else if (bytes > 2
        && Utf8Check.advance(Utf8Check.COMPLETE, payload, at + 2, at + bytes)
            != Utf8Check.COMPLETE) {
      violate(WireCode.INVALID_TEXT, "close reason is not UTF-8", sink);
    } else {
      isOver = true;
      sink.close(code, bytes > 2 ? UTF_8.decode(payload.position(at + 2)).toString() : "");
    }
  }

  private void violate(int closeCode, String reason, FrameSink sink) {
    isOver = true;
    sink.violation(closeCode, reason);
  }
}
