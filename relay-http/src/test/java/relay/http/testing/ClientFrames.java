package relay.http.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import relay.http.frame.Opcode;

/** Writes frames as a client does, and as none should. */
public final class ClientFrames {
  public static final int FIN = 0x80;
  public static final int KEY = 0x37FA213D;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public static ClientFrames frames() {
    return new ClientFrames();
  }

  public ClientFrames text(String text) {
    return frame(FIN | Opcode.TEXT, text.getBytes(UTF_8));
  }

  public ClientFrames text(byte[] utf8) {
    return frame(FIN | Opcode.TEXT, utf8);
  }

  public ClientFrames firstOfText(String text) {
    return frame(Opcode.TEXT, text.getBytes(UTF_8));
  }

  public ClientFrames firstOfText(byte[] utf8) {
    return frame(Opcode.TEXT, utf8);
  }

  public ClientFrames next(String text) {
    return frame(Opcode.CONTINUATION, text.getBytes(UTF_8));
  }

  public ClientFrames next(byte[] payload) {
    return frame(Opcode.CONTINUATION, payload);
  }

  public ClientFrames last(String text) {
    return frame(FIN | Opcode.CONTINUATION, text.getBytes(UTF_8));
  }

  public ClientFrames last(byte[] payload) {
    return frame(FIN | Opcode.CONTINUATION, payload);
  }

  public ClientFrames binary(byte[] payload) {
    return frame(FIN | Opcode.BINARY, payload);
  }

  public ClientFrames ping(String payload) {
    return frame(FIN | Opcode.PING, payload.getBytes(UTF_8));
  }

  public ClientFrames pong(String payload) {
    return frame(FIN | Opcode.PONG, payload.getBytes(UTF_8));
  }

  public ClientFrames close() {
    return frame(FIN | Opcode.CLOSE, new byte[0]);
  }

  public ClientFrames close(int code, String reason) {
    return close(code, reason.getBytes(UTF_8));
  }

  public ClientFrames close(int code, byte[] reason) {
    return frame(
        FIN | Opcode.CLOSE,
        ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array());
  }

  /** A masked frame with the shortest length. */
  public ClientFrames frame(int first, byte[] payload) {
    return frame(first, payload, KEY);
  }

  public ClientFrames frame(int first, byte[] payload, int key) {
    header(first, payload.length, key);
    for (int i = 0; i < payload.length; i++) {
      bytes.write(payload[i] ^ (key >>> (24 - 8 * (i & 3))));
    }
    return this;
  }

  /** Only a header, announcing that many bytes. */
  public ClientFrames header(int first, long length, int key) {
    bytes.write(first);
    if (length <= 125) {
      bytes.write(0x80 | (int) length);
    } else if (length <= 0xFFFF) {
      bytes.write(0xFE);
      bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
    } else {
      bytes.write(0xFF);
      bytes.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(key).array());
    return this;
  }

  public ClientFrames raw(String hex) {
    bytes.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    return this;
  }

  public ClientFrames raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }
}
