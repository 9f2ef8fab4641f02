package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.settings.HttpSettings;
import relay.http.socket.Upgrade;
import relay.http.transport.ListenerMeters.Reason;

@ExtendWith(LeakWatch.class)
class HttpTimesTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final HttpSettings SETTINGS =
      new HttpSettings(
          "127.0.0.1",
          0,
          null,
          false,
          List.of(),
          8192,
          1000,
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          4096,
          1);

  private final RecordedMeters meters = new RecordedMeters();
  private final MockTicker ticker = Ticker.newMockTicker();
  private CompletableFuture<HttpResponse> answer =
      CompletableFuture.completedFuture(HttpResponse.create());
  private EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void open() {
    channel = EmbeddedChannel.builder().ticker(ticker).build();
    HttpPhase.enter(
        channel.pipeline(),
        new ListenerContext(
            SETTINGS,
            null,
            request -> answer,
            new EchoPhase(),
            meters,
            new OpenChannels(),
            new DateHeader(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void aSilentPeerIsClosedWithoutAWord() {
    pass(4_900);
    assertThat(channel.isOpen()).isTrue();
    pass(200);
    assertThat(channel.isOpen()).isFalse();
    assertThat(written()).isEmpty();
    assertThat(meters.refused).containsExactly(Reason.HEAD_TIMEOUT);
  }

  @Test
  void aHeadThatTricklesInIsNotWaitedForLongerThanASilentOne() {
    for (int second = 0; second < 4; second++) {
      receive("X");
      pass(1_000);
    }
    pass(900);
    assertThat(channel.isOpen()).isTrue();
    pass(200);
    assertThat(channel.isOpen()).isFalse();
    assertThat(written()).startsWith("HTTP/1.1 408 ").contains("connection: close");
    assertThat(meters.refused).containsExactly(Reason.HEAD_TIMEOUT);
  }

  @Test
  void aConnectionMayBeIdleBetweenRequestsForItsOwnTime() {
    receive(GET);
    assertThat(written()).startsWith("HTTP/1.1 200 ");
    pass(119_900);
    receive(GET);
    assertThat(written()).startsWith("HTTP/1.1 200 ");
    pass(119_900);
    assertThat(channel.isOpen()).isTrue();
    pass(200);
    assertThat(channel.isOpen()).isFalse();
    assertThat(meters.refused).isEmpty();
  }

  @Test
  void aLaterHeadIsTimedFromItsFirstByte() {
    receive(GET);
    assertThat(written()).startsWith("HTTP/1.1 200 ");
    pass(100_000);
    receive("GET /");
    pass(4_900);
    assertThat(channel.isOpen()).isTrue();
    pass(200);
    assertThat(written()).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void aBodyIsTimedAsAWhole() {
    receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
    for (int i = 0; i < 59; i++) {
      receive("x");
      pass(1_000);
    }
    assertThat(channel.isOpen()).isTrue();
    pass(1_100);
    assertThat(written()).startsWith("HTTP/1.1 408 ");
    assertThat(meters.refused).containsExactly(Reason.BODY_TIMEOUT);
  }

  @Test
  void aRouteThatNeverAnswersIsA503AndItsLateAnswerIsForgotten() {
    PlayedHandler handler = new PlayedHandler();
    answer = new CompletableFuture<>();
    receive(GET);
    pass(59_900);
    assertThat(written()).isEmpty();
    pass(200);
    assertThat(written()).startsWith("HTTP/1.1 503 ");
    answer.complete(new Upgrade(handler, PlayedSocket.LIMITS).response());
    channel.runPendingTasks();
    assertThat(written()).isEmpty();
    assertThat(handler.heard).containsExactly("closed PEER_DROPPED 0");
  }

  @Test
  void whoWouldHaveBecomeASocketHearsThatItsPeerHasGone() {
    PlayedHandler handler = new PlayedHandler();
    answer = new CompletableFuture<>();
    receive(GET);
    var _ = channel.close();
    answer.complete(new Upgrade(handler, PlayedSocket.LIMITS).response());
    channel.runPendingTasks();
    assertThat(handler.heard).containsExactly("closed PEER_DROPPED 0");
  }

  @Test
  void aPeerThatDoesNotTakeItsAnswerIsClosed() {
    channel.pipeline().addFirst(new Stalled());
    receive(GET);
    pass(59_900);
    assertThat(channel.isOpen()).isTrue();
    pass(200);
    assertThat(channel.isOpen()).isFalse();
    assertThat(meters.refused).containsExactly(Reason.WRITE_TIMEOUT);
  }

  @Test
  void theDateIsTheClocks() {
    receive(GET);
    assertThat(written()).contains("date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
  }

  @Test
  void aDrainEndsAnIdleConnectionAtOnceAndABusyOneAfterItsAnswer() {
    answer = new CompletableFuture<>();
    receive(GET);
    channel.pipeline().fireUserEventTriggered(OpenChannels.Drain.BEGIN);
    assertThat(channel.isOpen()).isTrue();
    answer.complete(HttpResponse.create());
    channel.runPendingTasks();
    assertThat(written()).startsWith("HTTP/1.1 200 ").contains("connection: close");
    assertThat(channel.isOpen()).isFalse();
  }

  private void pass(long millis) {
    ticker.advanceMillis(millis);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private String written() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      text.append(bytes.toString(StandardCharsets.US_ASCII));
      bytes.release();
    }
    return text.toString();
  }

  /** A peer whose window is shut: writes neither succeed nor fail. */
  private static final class Stalled extends ChannelDuplexHandler {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
    }
  }
}
