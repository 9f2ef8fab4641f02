package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.settings.HttpSettings;
import relay.http.transport.ListenerMeters.Reason;

@ExtendWith(LeakWatch.class)
class ListenerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String UPGRADE =
      "GET /socket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
          .concat("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

  @Test
  void connectionsAreCountedFromBeginningToEnd() throws Exception {
    try (var server = TestListener.answering(request -> HttpResponse.create())) {
      try (var client = server.connect()) {
        client.send(GET);
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(server.meters.opened).hasValue(1);
        assertThat(server.meters.closed).hasValue(0);
      }
      server.listener.close(TestListener.LONG).toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertThat(server.meters.closed).hasValue(1);
    }
  }

  @Test
  void aStoppedListenerServesWhatIsOpenAndAcceptsNothing() {
    AtomicInteger asked = new AtomicInteger();
    try (var server =
            TestListener.answering(
                _ -> {
                  asked.incrementAndGet();
                  return HttpResponse.create();
                });
        var client = server.connect()) {
      client.send(GET);
      assertThat(client.answer().status()).isEqualTo(200);
      int port = server.listener.port();
      server.listener.stopAccepting();
      boolean _ = isServed(() -> new RawClient(port));
      assertThat(asked).as("whoever has taken the port").hasValue(1);
      client.send(GET);
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aClosingListenerLetsRequestsUnderWayFinish() throws Exception {
    BlockingQueue<CompletableFuture<HttpResponse>> asked = new LinkedBlockingQueue<>();
    try (var server = TestListener.asking(asked);
        var busy = server.connect();
        var idle = server.connect()) {
      idle.send(GET);
      asked.take().complete(HttpResponse.create());
      assertThat(idle.answer().status()).isEqualTo(200);
      busy.send(GET);
      var answer = asked.take();

      var closed = server.listener.close(TestListener.LONG).toCompletableFuture();
      assertThat(idle.rest()).isEmpty();
      assertThat(closed).isNotDone();
      answer.complete(HttpResponse.create());
      assertThat(busy.answer().headers()).containsEntry("connection", "close");
      assertThat(busy.rest()).isEmpty();
      busy.endOutput();
      closed.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClosingListenerWaitsNoLongerThanItsDeadline() throws Exception {
    BlockingQueue<CompletableFuture<HttpResponse>> asked = new LinkedBlockingQueue<>();
    try (var server = TestListener.asking(asked);
        var client = server.connect()) {
      client.send(GET);
      var answer = asked.take();
      server.listener.close(Duration.ofMillis(100)).toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertThat(answer).isNotDone();
      assertThat(client.restOrReset()).isEmpty();
    }
  }

  @Test
  void oneConnectionTooManyIsClosedWhateverTheOthersAre() throws Exception {
    try (var server =
        new TestListener(
            TestListener.settings(),
            EventLoops.start(1),
            request ->
                TestListener.now(
                    request.getUri().path().equals("/socket")
                        ? EchoPhase.UPGRADE.response()
                        : HttpResponse.create()),
            2)) {
      try (var socket = server.connect();
          var idle = server.connect()) {
        socket.send(UPGRADE);
        assertThat(socket.head().status()).isEqualTo(101);
        idle.send(GET);
        assertThat(idle.answer().status()).isEqualTo(200);
        try (var late = server.connect()) {
          assertThat(late.restOrReset()).isEmpty();
        }
        assertThat(server.meters.nextRefused()).isEqualTo(Reason.TOO_MANY);
        idle.send(GET);
        assertThat(idle.answer().status()).isEqualTo(200);
      }
      int tries = 0;
      while (!isServed(server::connect)) {
        assertThat(tries++).as("connections after two have ended").isLessThan(1000);
      }
    }
  }

  private static boolean isServed(Supplier<RawClient> connect) {
    try (var client = connect.get()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      return client.restOrReset().startsWith("HTTP/1.1 200");
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  @Test
  void aPortInUseIsNamed() {
    try (var server = TestListener.answering(request -> HttpResponse.create());
        var loops = EventLoops.start(1)) {
      HttpSettings free = TestListener.settings();
      HttpSettings used =
          new HttpSettings(
              free.host(),
              server.listener.port(),
              null,
              false,
              List.of(),
              free.maxHeadBytes(),
              free.maxBodyBytes(),
              free.headTimeout(),
              free.bodyTimeout(),
              free.idleTimeout(),
              free.maxUnsentBytes(),
              1);
      assertThatThrownBy(
              () ->
                  Listener.bind(
                      used,
                      loops,
                      new Listener.Service(
                          server.sockets, request -> TestListener.now(HttpResponse.create()), 1),
                      server.meters))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("127.0.0.1:" + server.listener.port());
    }
  }

  @Test
  void theSameWorksWithoutNativeCode() {
    try (var server =
            new TestListener(
                TestListener.settings(),
                EventLoops.portable(1),
                request -> TestListener.now(EchoPhase.UPGRADE.response()));
        var client = server.connect()) {
      client.send(
          "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
              .concat("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nearly"));
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(client.line()).startsWith("hello ");
      assertThat(client.text(5)).isEqualTo("early");
    }
  }

  @Test
  void halfTheCoresCarryIfNothingElseIsSaid() {
    try (var loops = EventLoops.start(0);
        var three = EventLoops.start(3)) {
      assertThat(loops.carriers().spliterator().estimateSize()).isPositive();
      assertThat(three.carriers()).hasSize(3);
      assertThat(loops.carriers())
          .hasSize(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
  }

  @Test
  void aFailedAcceptIsCountedAndFollowedByAPause() {
    RecordedMeters meters = new RecordedMeters();
    try (var loops = EventLoops.start(1)) {
      var server =
          new ServerBootstrap()
              .group(loops.acceptors(), loops.carriers())
              .channel(loops.channel())
              .handler(new AcceptFailures(meters))
              .childHandler(new ChannelInboundHandlerAdapter())
              .bind("127.0.0.1", 0)
              .syncUninterruptibly()
              .channel();
      // In one task of the loop's, whose next one may end the pause.
      var isAccepting =
          server
              .eventLoop()
              .submit(
                  () -> {
                    server.pipeline().fireExceptionCaught(new IOException("Too many open files"));
                    return server.config().isAutoRead();
                  });
      assertThat(isAccepting.syncUninterruptibly().getNow()).isFalse();
      assertThat(meters.refused).containsExactly(Reason.ACCEPT_FAILED);
    }
  }
}
