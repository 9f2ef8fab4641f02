package relay.http.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import relay.http.testing.ClientFrames;

/** Writes down what a parser told, one line each. */
final class Heard implements FrameSink {
  private static final int SHOWN = 40;

  private final List<String> lines = new ArrayList<>();
  boolean wantsMore = true;

  /** Everything the parser tells of these bytes, given in chunks of this size. */
  static List<String> from(byte[] input, int chunk, int maxMessageBytes) {
    FrameParser parser = new FrameParser(maxMessageBytes);
    Heard heard = new Heard();
    ByteBuffer part = ByteBuffer.allocateDirect(chunk);
    for (int at = 0; at < input.length; at += chunk) {
      part.clear().put(input, at, Math.min(chunk, input.length - at)).flip();
      parser.parse(part, heard);
    }
    return heard.lines();
  }

  static List<String> from(ClientFrames frames) {
    byte[] input = frames.bytes();
    return from(input, Math.max(1, input.length), 1 << 24);
  }

  List<String> lines() {
    return lines;
  }

  static String textLine(String text) {
    return "text " + text.getBytes(UTF_8).length + " " + shown(text.getBytes(UTF_8));
  }

  static String binaryLine(byte[] payload) {
    return "binary " + payload.length + " " + shown(payload);
  }

  @Override
  public boolean message(ByteBuffer payload, boolean text) {
    byte[] bytes = copy(payload);
    lines.add(text ? textLine(new String(bytes, UTF_8)) : binaryLine(bytes));
    return wantsMore;
  }

  @Override
  public void ping(ByteBuffer payload) {
    lines.add("ping " + shown(copy(payload)));
  }

  @Override
  public void pong(ByteBuffer payload) {
    lines.add("pong " + shown(copy(payload)));
  }

  @Override
  public void close(int code, String reason) {
    lines.add("close " + code + " " + reason);
  }

  @Override
  public void violation(int closeCode, String reason) {
    lines.add("violation " + closeCode);
  }

  /** Short payloads as hexadecimal digits, long ones by their hash. */
  static String shown(byte[] bytes) {
    return bytes.length <= SHOWN ? HexFormat.of().formatHex(bytes) : "#" + Arrays.hashCode(bytes);
  }

  private static byte[] copy(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return bytes;
  }
}
