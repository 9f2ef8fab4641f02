package relay.http.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import relay.http.testing.ClientFrames;

/** What holds for all input; Netty's codec is the oracle for what the frames say. */
class FrameParserPropertiesTest {
  private static final int MAX = Conversations.MAX_MESSAGE_BYTES;

  @Provide
  Arbitrary<byte[]> proper() {
    return Conversations.proper();
  }

  @Provide
  Arbitrary<byte[]> spoiled() {
    return Conversations.spoiled();
  }

  @Property(tries = 500)
  void properFramesSayWhatNettyHears(@ForAll("proper") byte[] input) {
    List<String> heard = Heard.from(input, input.length, MAX);
    assertThat(heard).isEqualTo(NettyOracle.version13(input, MAX));
    assertThat(heard).isEqualTo(NettyOracle.version08(input, MAX));
  }

  @Property(tries = 2000)
  void spoiledFramesAreRefusedAsNettyRefusesThem(@ForAll("spoiled") byte[] input) {
    NettyOracle.assertAgrees(Heard.from(input, input.length, MAX), input, MAX);
  }

  @Property(tries = 300)
  void whatIsHeardDoesNotDependOnTheChunks(
      @ForAll("spoiled") byte[] input,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 400) int most) {
    List<String> whole = Heard.from(input, input.length, MAX);
    assertThat(Heard.from(input, 1, MAX)).isEqualTo(whole);
    assertThat(inChunks(input, new Random(seed), most, false)).isEqualTo(whole);
    assertThat(inChunks(input, new Random(seed), most, true)).isEqualTo(whole);
  }

  @Property
  void whatIsRenderedIsParsed(
      @ForAll @Size(max = 5) List<@Size(max = 300) byte[]> payloads, @ForAll int key) {
    Heard heard = new Heard();
    FrameParser parser = new FrameParser(MAX);
    for (byte[] payload : payloads) {
      parser.parse(masked(payload, key), heard);
    }
    assertThat(heard.lines()).isEqualTo(payloads.stream().map(Heard::binaryLine).toList());
  }

  @Property
  void aClosureIsParsedAsItWasRendered(
      @ForAll @IntRange(min = 3000, max = 4999) int code, @ForAll String reason, @ForAll int key) {
    byte[] frame = FrameRenderer.close(code, reason);
    byte[] payload = Arrays.copyOfRange(frame, 2, frame.length);
    Heard heard = new Heard();
    new FrameParser(MAX)
        .parse(
            ByteBuffer.wrap(
                ClientFrames.frames().frame(ClientFrames.FIN | Opcode.CLOSE, payload, key).bytes()),
            heard);
    assertThat(heard.lines()).singleElement().asString().startsWith("close " + code + " ");
    String told = heard.lines().getFirst().substring(11);
    assertThat(FrameRenderer.close(code, told)).isEqualTo(frame);
  }

  /** The server's header with the mask a client would add. */
  private static ByteBuffer masked(byte[] payload, int key) {
    int headerBytes = FrameRenderer.headerBytes(payload.length);
    ByteBuffer out = ByteBuffer.allocate(headerBytes + 4 + payload.length);
    FrameRenderer.putHeader(out, Opcode.BINARY, payload.length);
    assertThat(out.position()).isEqualTo(headerBytes);
    out.put(1, (byte) (out.get(1) | 0x80)).putInt(key).put(payload);
    Mask.remove(out, headerBytes + 4, out.limit(), key);
    return out.flip();
  }

  private static List<String> inChunks(byte[] input, Random random, int most, boolean pauses) {
    FrameParser parser = new FrameParser(MAX);
    Heard heard = new Heard();
    heard.wantsMore = !pauses;
    int at = 0;
    while (at < input.length) {
      int count = Math.min(1 + random.nextInt(most), input.length - at);
      ByteBuffer chunk = ByteBuffer.wrap(input.clone(), at, count);
      while (chunk.hasRemaining()) {
        parser.parse(chunk, heard);
      }
      at += count;
    }
    return heard.lines();
  }
}
