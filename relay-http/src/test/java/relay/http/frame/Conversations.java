package relay.http.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static relay.http.testing.ClientFrames.FIN;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import relay.http.testing.ClientFrames;

/** What clients may send: runs of frames, right ones or spoiled ones. */
final class Conversations {
  static final int MAX_MESSAGE_BYTES = 2000;
  private static final String[] TEXTS = {
    "",
    "a",
    "{\"v\":2,\"type\":\"noise_msg\"}",
    "κόσμε",
    "Ünïcödé 😀 text with ascii tails",
    "x".repeat(125),
    "y".repeat(126),
    "ß".repeat(300),
    "z".repeat(1999)
  };
  private static final int[] CODES = {
    0, 999, 1000, 1001, 1004, 1005, 1006, 1007, 1015, 2999, 3000, 4404, 4999, 5000, 65535
  };

  private Conversations() {}

  static Arbitrary<byte[]> proper() {
    return Arbitraries.randomValue(Conversations::proper);
  }

  static Arbitrary<byte[]> spoiled() {
    return Arbitraries.randomValue(random -> spoil(random, proper(random)));
  }

  private static byte[] proper(Random random) {
    ClientFrames frames = ClientFrames.frames();
    int parts = 1 + random.nextInt(6);
    for (int i = 0; i < parts; i++) {
      message(random, frames);
      control(random, frames);
    }
    return frames.bytes();
  }

  private static void message(Random random, ClientFrames frames) {
    boolean isText = random.nextInt(3) > 0;
    byte[] payload = isText ? text(random) : noise(random, random.nextInt(700));
    int opcode = isText ? Opcode.TEXT : Opcode.BINARY;
    int at = 0;
    while (random.nextInt(3) == 0) {
      int next = at + random.nextInt(payload.length - at + 1);
      frames.frame(opcode, slice(payload, at, next), random.nextInt());
      control(random, frames);
      opcode = Opcode.CONTINUATION;
      at = next;
    }
    frames.frame(FIN | opcode, slice(payload, at, payload.length), random.nextInt());
  }

  private static void control(Random random, ClientFrames frames) {
    switch (random.nextInt(24)) {
      case 0, 1, 2 ->
          frames.frame(FIN | Opcode.PING, noise(random, random.nextInt(126)), random.nextInt());
      case 3, 4, 5 ->
          frames.frame(FIN | Opcode.PONG, noise(random, random.nextInt(126)), random.nextInt());
      case 6 ->
          frames.close(
              CODES[random.nextInt(CODES.length)],
              random.nextInt(4) == 0
                  ? noise(random, random.nextInt(9))
                  : "warum ß".getBytes(UTF_8));
      case 7 -> frames.frame(FIN | Opcode.CLOSE, new byte[random.nextInt(2)], random.nextInt());
      default -> {}
    }
  }

  private static byte[] text(Random random) {
    return TEXTS[random.nextInt(TEXTS.length)].getBytes(UTF_8);
  }

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] spoil(Random random, byte[] input) {
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(random.nextBoolean() ? Math.min(16, input.length) : input.length);
      if (random.nextBoolean()) {
        input[at] ^= (byte) (1 << random.nextInt(8));
      } else {
        input[at] = (byte) random.nextInt();
      }
    }
    return random.nextInt(3) == 0 ? slice(input, 0, 1 + random.nextInt(input.length)) : input;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
