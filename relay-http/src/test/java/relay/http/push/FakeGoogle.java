package relay.http.push;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import relay.core.settings.PushSettings;

/** Google's token endpoint and Firebase Cloud Messaging, on a port of their own. */
public final class FakeGoogle implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final String ACCESS_TOKEN = "access-token-SECRET-91c2";
  public static final String GRANTED =
      "{\"access_token\":\"" + ACCESS_TOKEN + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

  public record Request(String method, String path, Headers headers, String body) {}

  public record Reply(int status, String body) {}

  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  final Deque<Request> tokenRequests = new ConcurrentLinkedDeque<>();
  public final Deque<Request> sends = new ConcurrentLinkedDeque<>();
  final AtomicInteger redirectsFollowed = new AtomicInteger();
  public volatile Reply tokenReply = new Reply(200, GRANTED);
  public volatile Reply sendReply = new Reply(200, "{}");
  volatile boolean sendsStall;
  volatile boolean sendsHangUp;
  private volatile CountDownLatch held = new CountDownLatch(0);

  public FakeGoogle() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/token", it -> answer(it, tokenRequests, tokenReply));
    server.createContext("/v1/", this::answerSend);
    server.createContext("/elsewhere", this::answerElsewhere);
    server.start();
  }

  public URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  /** From now on, sends wait for their answer. */
  public void holdSends() {
    held = new CountDownLatch(1);
  }

  /** Answers the sends that wait, and from now on every other at once. */
  public void letSendsGo() {
    held.countDown();
  }

  /** A service account's key that asks here for its access tokens. */
  public String credentials() {
    return ServiceAccount.json(uri("/token").toString());
  }

  PushSettings settings(Duration timeout) {
    return settings(credentials(), uri(""), timeout);
  }

  static PushSettings settings(String credentials, URI endpoint, Duration timeout) {
    PushSettings defaults = PushSettings.defaults(credentials);
    return new PushSettings(
        defaults.credentials(),
        endpoint,
        defaults.project(),
        defaults.burst(),
        defaults.refillInterval(),
        defaults.maxInFlight(),
        timeout);
  }

  FcmSender sender() {
    return sender(settings(PATIENCE));
  }

  static FcmSender sender(PushSettings settings) {
    return FcmSender.of(FcmCredentials.parse(String.valueOf(settings.credentials())), settings);
  }

  @Override
  public void close() {
    end.countDown();
    held.countDown();
    server.stop(0);
    threads.close();
  }

  private void answerSend(HttpExchange exchange) throws IOException {
    if (sendsHangUp) {
      exchange.close();
      return;
    }
    if (!sendsStall) {
      await(held);
      answer(exchange, sends, sendReply);
      return;
    }
    record(exchange, sends);
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    await(end);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void answerElsewhere(HttpExchange exchange) throws IOException {
    redirectsFollowed.incrementAndGet();
    answer(exchange, new ConcurrentLinkedDeque<>(), new Reply(200, GRANTED));
  }

  private void answer(HttpExchange exchange, Deque<Request> requests, Reply reply)
      throws IOException {
    try (exchange) {
      record(exchange, requests);
      if (reply.status() / 100 == 3) {
        exchange.getResponseHeaders().add("Location", "/elsewhere");
      }
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void record(HttpExchange exchange, Deque<Request> requests) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().toString();
    requests.add(
        new Request(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
  }
}
