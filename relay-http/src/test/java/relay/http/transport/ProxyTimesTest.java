package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.settings.HttpSettings;
import relay.http.transport.ListenerMeters.Reason;

/** How long a PROXY header is waited for (pyrycode 6.4). */
@ExtendWith(LeakWatch.class)
class ProxyTimesTest {
  private static final int MAX_EXTENSION_BYTES = 4096;
  private static final HttpSettings SETTINGS =
      TestListener.settings(null, true, Duration.ofSeconds(5));
  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };

  private final RecordedMeters meters = new RecordedMeters();
  private final MockTicker ticker = Ticker.newMockTicker();
  private EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void open() {
    ListenerContext context =
        new ListenerContext(
            SETTINGS,
            null,
            _ -> TestListener.now(HttpResponse.create()),
            new EchoPhase(),
            meters,
            new OpenChannels(),
            new DateHeader(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
    channel = EmbeddedChannel.builder().ticker(ticker).build();
    channel
        .pipeline()
        .addLast(
            new HAProxyMessageDecoder(MAX_EXTENSION_BYTES),
            new ProxyGate(context, new Entrance(context, 1)));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void aPeerThatSaysNothingIsClosedWithoutAWord() {
    pass(4_900);
    assertThat(channel.isOpen()).isTrue();
    pass(200);
    assertRefused();
  }

  @Test
  void aHeaderThatTricklesInIsNotWaitedForLonger() {
    for (int second = 0; second < 4; second++) {
      receive(SIGNATURE[second]);
      pass(1_000);
    }
    pass(900);
    assertThat(channel.isOpen()).isTrue();
    pass(200);
    assertRefused();
  }

  private void assertRefused() {
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
    assertThat(meters.refused).containsExactly(Reason.PROXY_HEADER);
  }

  private void receive(byte one) {
    channel.writeInbound(Unpooled.copiedBuffer(new byte[] {one}));
  }

  private void pass(long millis) {
    ticker.advanceMillis(millis);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }
}
