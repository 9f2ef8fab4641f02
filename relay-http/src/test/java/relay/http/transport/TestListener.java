package relay.http.transport;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import relay.core.settings.HttpSettings;
import relay.core.settings.HttpSettings.TlsFiles;

/** A listener on a free port with one event loop, raw echo in place of sockets. */
final class TestListener implements AutoCloseable {
  static final int MAX_HEAD_BYTES = 8192;
  static final int MAX_BODY_BYTES = 1000;
  private static final int MAX_UNSENT_BYTES = 128 * 1024;
  static final Duration LONG = Duration.ofSeconds(30);

  final RecordedMeters meters = new RecordedMeters();
  final EchoPhase sockets = new EchoPhase();
  final Listener listener;
  private final EventLoops loops;

  TestListener(HttpSettings settings, Function<HttpRequest, CompletionStage<HttpResponse>> route) {
    this(settings, EventLoops.start(1), route);
  }

  TestListener(
      HttpSettings settings,
      EventLoops loops,
      Function<HttpRequest, CompletionStage<HttpResponse>> route) {
    this(settings, loops, route, Long.MAX_VALUE);
  }

  TestListener(
      HttpSettings settings,
      EventLoops loops,
      Function<HttpRequest, CompletionStage<HttpResponse>> route,
      long maxOpen) {
    this.loops = loops;
    this.listener =
        Listener.bind(settings, loops, new Listener.Service(sockets, route, maxOpen), meters);
  }

  /** Every request is answered at once. */
  static TestListener answering(Function<HttpRequest, HttpResponse> route) {
    return new TestListener(settings(), request -> now(route.apply(request)));
  }

  /** Every request waits for the answer that the test gives to its place in the queue. */
  static TestListener asking(Queue<CompletableFuture<HttpResponse>> asked) {
    return new TestListener(
        settings(),
        _ -> {
          var answer = new CompletableFuture<HttpResponse>();
          asked.add(answer);
          return answer;
        });
  }

  static CompletionStage<HttpResponse> now(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }

  static HttpSettings settings() {
    return settings(null, false, LONG);
  }

  static HttpSettings settings(
      @Nullable TlsFiles tls, boolean proxyProtocol, Duration headTimeout) {
    return new HttpSettings(
        "127.0.0.1",
        0,
        tls,
        proxyProtocol,
        List.of(),
        MAX_HEAD_BYTES,
        MAX_BODY_BYTES,
        headTimeout,
        LONG,
        LONG,
        MAX_UNSENT_BYTES,
        1);
  }

  RawClient connect() {
    return new RawClient(listener.port());
  }

  @Override
  public void close() {
    listener.stopAccepting();
    loops.close();
  }
}
