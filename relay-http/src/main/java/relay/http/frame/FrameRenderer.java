package relay.http.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Writes a server's frames: final, unmasked, with the shortest length. */
public final class FrameRenderer {
  static final int MAX_CONTROL_BYTES = 125;
  private static final int MAX_REASON_BYTES = MAX_CONTROL_BYTES - 2;
  private static final int FIN = 0x80;

  private FrameRenderer() {}

  public static int headerBytes(int payloadLength) {
    if (payloadLength <= MAX_CONTROL_BYTES) {
      return 2;
    }
    return payloadLength <= 0xFFFF ? 4 : 10;
  }

  public static void putHeader(ByteBuffer out, int opcode, int payloadLength) {
    out.put((byte) (FIN | opcode));
    if (payloadLength <= MAX_CONTROL_BYTES) {
      out.put((byte) payloadLength);
    } else if (payloadLength <= 0xFFFF) {
      out.put((byte) 126);
      putBytes(out, payloadLength, 2);
    } else {
      out.put((byte) 127);
      putBytes(out, payloadLength, 8);
    }
  }

  /** A whole close frame; the reason is cut to fit, between characters. */
  public static byte[] close(int code, String reason) {
    if (code == WireCode.NONE) {
      return new byte[] {(byte) (FIN | Opcode.CLOSE), 0};
    }
    if (!WireCode.isValid(code)) {
      throw new IllegalArgumentException("close code " + code + " cannot be sent");
    }
    byte[] text = reason.getBytes(UTF_8);
    int length = cut(text);
    ByteBuffer frame = ByteBuffer.allocate(4 + length);
    putHeader(frame, Opcode.CLOSE, 2 + length);
    putBytes(frame, code, 2);
    return frame.put(text, 0, length).array();
  }

  private static int cut(byte[] text) {
    if (text.length <= MAX_REASON_BYTES) {
      return text.length;
    }
    int end = MAX_REASON_BYTES;
    while ((text[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  private static void putBytes(ByteBuffer out, long value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.put((byte) (value >>> shift));
    }
  }
}
