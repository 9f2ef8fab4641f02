package relay.http.signin;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import relay.core.directory.ExpiringFacts;

/** Facts in memory, which every "node" of a test shares. */
public final class RememberedFacts implements ExpiringFacts {
  private final Map<FactKey, Fact> facts = new HashMap<>();

  private record Fact(ByteBuffer bytes, Instant expires) {}

  @Override
  public synchronized CompletionStage<Optional<byte[]>> putIfAbsent(
      FactKey key, byte[] fact, Instant expires, Instant now) {
    Optional<byte[]> known = living(key, now);
    if (known.isEmpty()) {
      facts.put(key, new Fact(ByteBuffer.wrap(fact.clone()), expires));
    }
    return CompletableFuture.completedFuture(known);
  }

  @Override
  public synchronized CompletionStage<?> put(
      FactKey key, byte[] fact, Instant expires, Instant now) {
    facts.put(key, new Fact(ByteBuffer.wrap(fact.clone()), expires));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Optional<byte[]>> take(FactKey key, Instant now) {
    Optional<byte[]> known = living(key, now);
    facts.remove(key);
    return CompletableFuture.completedFuture(known);
  }

  private Optional<byte[]> living(FactKey key, Instant now) {
    return Optional.ofNullable(facts.get(key))
        .filter(it -> it.expires().isAfter(now))
        .map(it -> it.bytes().array());
  }
}
