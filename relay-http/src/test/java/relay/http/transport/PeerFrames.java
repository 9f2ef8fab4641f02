package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The frames a peer writes, and how it reads those it gets. */
final class PeerFrames {
  private static final int FIN = 0x80;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private PeerFrames() {}

  static byte[] text(String... messages) {
    var all = new ByteArrayOutputStream();
    for (String message : messages) {
      all.writeBytes(masked(FIN | TEXT, message.getBytes(UTF_8)));
    }
    return all.toByteArray();
  }

  static byte[] text(byte[] message) {
    return masked(FIN | TEXT, message);
  }

  static byte[] beginningOfText(String part) {
    return masked(TEXT, part.getBytes(UTF_8));
  }

  static byte[] ping(String payload) {
    return masked(FIN | PING, payload.getBytes(UTF_8));
  }

  static byte[] pong(String payload) {
    return masked(FIN | PONG, payload.getBytes(UTF_8));
  }

  static byte[] close(int code, String reason) {
    byte[] text = reason.getBytes(UTF_8);
    return masked(
        FIN | CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  static byte[] unmaskedText() {
    return new byte[] {(byte) (FIN | TEXT), 1, 'x'};
  }

  static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** What whole frames say, in words: a text as it is, controls with their name. */
  static List<String> read(byte[] frames) {
    List<String> read = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(frames);
    while (in.hasRemaining()) {
      int opcode = in.get() & 0x0F;
      int length = in.get();
      if (length == 126) {
        length = Short.toUnsignedInt(in.getShort());
      } else if (length == 127) {
        length = (int) in.getLong();
      }
      ByteBuffer payload = in.slice(in.position(), length);
      in.position(in.position() + length);
      read.add(words(opcode, payload));
    }
    return read;
  }

  private static String words(int opcode, ByteBuffer payload) {
    return switch (opcode) {
      case TEXT -> UTF_8.decode(payload).toString();
      case PING -> "ping " + UTF_8.decode(payload);
      case PONG -> "pong " + UTF_8.decode(payload);
      case CLOSE ->
          payload.hasRemaining()
              ? "close " + Short.toUnsignedInt(payload.getShort()) + " " + UTF_8.decode(payload)
              : "close";
      default -> "opcode " + opcode;
    };
  }

  private static byte[] masked(int first, byte[] payload) {
    byte[] key = {1, 2, 3, 4};
    ByteBuffer out = ByteBuffer.allocate(14 + payload.length);
    out.put((byte) first);
    if (payload.length <= 125) {
      out.put((byte) (0x80 | payload.length));
    } else if (payload.length <= 0xFFFF) {
      out.put((byte) 0xFE).putShort((short) payload.length);
    } else {
      out.put((byte) 0xFF).putLong(payload.length);
    }
    out.put(key);
    for (int at = 0; at < payload.length; at++) {
      out.put((byte) (payload[at] ^ key[at % 4]));
    }
    byte[] frame = new byte[out.position()];
    out.flip().get(frame);
    return frame;
  }
}
