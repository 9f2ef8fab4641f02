package relay.http.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a probe, read a message at a time: the next is asked for when one is taken, so
 * its queue never holds more than a message and the end.
 */
final class ProbePeer implements AutoCloseable {
  /** What came. */
  sealed interface Event {
    record Text(String text) implements Event {}

    record Closed(int code, String reason) implements Event {
      @Override
      public String toString() {
        return "closed with " + code + (reason.isEmpty() ? "" : " \"" + reason + '"');
      }
    }

    record Broken(String why) implements Event {
      @Override
      public String toString() {
        return "connection broken: " + why;
      }
    }
  }

  /** The daemon's own limit (pyrycode 12.1). */
  private static final int MAX_MESSAGE_CHARS = 1 << 20;

  private static final Duration ENDING = Duration.ofSeconds(1);

  private final String name;
  private final Duration patience;
  private final WebSocket socket;
  private final BlockingDeque<Event> events;

  private ProbePeer(String name, Duration patience, WebSocket socket, BlockingDeque<Event> events) {
    this.name = name;
    this.patience = patience;
    this.socket = socket;
    this.events = events;
  }

  static ProbePeer connect(
      String name, HttpClient client, URI url, Map<String, String> headers, Duration patience)
      throws ProbeFailure, InterruptedException {
    BlockingDeque<Event> events = new LinkedBlockingDeque<>(4);
    WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(patience);
    headers.forEach(builder::header);
    WebSocket socket =
        await(builder.buildAsync(url, new Listener(events)), patience, "no answer to the upgrade");
    return new ProbePeer(name, patience, socket, events);
  }

  /** A connection that has ended says so to who reads next, since it knows why. */
  void send(String text) throws ProbeFailure, InterruptedException {
    try {
      await(socket.sendText(text, true), patience, name + " cannot send");
    } catch (ProbeFailure failed) {
      Event end = events.pollFirst(ENDING.toMillis(), TimeUnit.MILLISECONDS);
      if (end == null) {
        throw failed;
      }
      events.putFirst(end);
    }
  }

  String receive() throws ProbeFailure, InterruptedException {
    return text(next(patience));
  }

  /** Null if nothing came in that time. */
  @Nullable Event poll(Duration atMost) throws InterruptedException {
    Event event = events.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (event instanceof Event.Text) {
      socket.request(1);
    }
    return event;
  }

  String text(Event event) throws ProbeFailure {
    return switch (event) {
      case Event.Text(String text) -> text;
      case Event.Closed _, Event.Broken _ -> throw new ProbeFailure(name + " was " + event);
    };
  }

  /** Closes with 1000 and waits for the relay to do the same. */
  void leave() throws ProbeFailure, InterruptedException {
    await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""), patience, name + " cannot close");
    Event event = next(patience);
    if (!event.equals(new Event.Closed(WebSocket.NORMAL_CLOSURE, ""))) {
      throw new ProbeFailure(name + "'s close was answered with something else: " + event);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private Event next(Duration atMost) throws ProbeFailure, InterruptedException {
    Event event = poll(atMost);
    if (event == null) {
      throw new ProbeFailure(
          "nothing reached the " + name + " within " + atMost.toMillis() + " ms");
    }
    return event;
  }

  private static <T> T await(CompletableFuture<T> future, Duration patience, String otherwise)
      throws ProbeFailure, InterruptedException {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      future.cancel(true);
      throw new ProbeFailure(otherwise + " within " + patience.toMillis() + " ms");
    } catch (ExecutionException failed) {
      throw new ProbeFailure(reason(failed.getCause()));
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return switch (cause) {
      case WebSocketHandshakeException refused ->
          "refused with HTTP " + refused.getResponse().statusCode();
      case IOException broken -> broken.getClass().getSimpleName() + ": " + broken.getMessage();
      case null, default -> "failed: " + cause;
    };
  }

  /** Runs on the client's threads. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingDeque<Event> events;
    private final StringBuilder text = new StringBuilder();

    Listener(BlockingDeque<Event> events) {
      this.events = events;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (text.length() > MAX_MESSAGE_CHARS) {
        tell(new Event.Broken("a message of more than " + MAX_MESSAGE_CHARS + " characters"));
        socket.abort();
      } else if (last) {
        tell(new Event.Text(text.toString()));
        text.setLength(0);
      } else {
        socket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      tell(new Event.Broken("a binary message, where only text is spoken"));
      socket.abort();
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      tell(new Event.Closed(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      tell(new Event.Broken(error.getClass().getSimpleName()));
    }

    private void tell(Event event) {
      if (!events.offer(event)) {
        throw new IllegalStateException("more events than were asked for");
      }
    }
  }
}
