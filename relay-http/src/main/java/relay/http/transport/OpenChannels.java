package relay.http.transport;

import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that are still in their HTTP phase, so that a listener can wait for them. */
final class OpenChannels {

  /** Told to every open channel: finish the request under way, begin no other. */
  enum Drain {
    BEGIN
  }

  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean isDraining;

  /** False if the listener is draining; the channel is not kept then. */
  boolean add(Channel channel) {
    channels.add(channel);
    // Looked at after adding: a drain that began in between has seen the channel or is seen here.
    if (isDraining) {
      remove(channel);
      return false;
    }
    return true;
  }

  /** The channel has ended or has become a socket. */
  void remove(Channel channel) {
    channels.remove(channel);
    completeIfEmpty();
  }

  CompletionStage<Void> drain() {
    isDraining = true;
    channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(Drain.BEGIN));
    completeIfEmpty();
    return drained.minimalCompletionStage();
  }

  void closeAll() {
    for (Channel channel : channels) {
      var _ = channel.close();
    }
  }

  private void completeIfEmpty() {
    if (isDraining && channels.isEmpty()) {
      drained.complete(null);
    }
  }
}
