package relay.http.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import relay.core.directory.ExpiringFacts;
import relay.core.directory.ExpiringFacts.FactKey;

/**
 * Carries a call out once however often it is repeated with the same {@code Idempotency-Key}, on
 * whatever node, and gives every repetition the first one's answer.
 *
 * <p>An answer may hold credentials, which nobody keeps: it is sealed with a key that only whoever
 * knows the {@code Idempotency-Key} and the admin token can make again.
 */
final class Idempotency {
  private static final Duration KEPT = Duration.ofHours(24);

  /** Longer than any call takes; after a crash within one the key is free again. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(2);

  private static final String HEADER = "Idempotency-Key";
  private static final String FAMILY = "idempotency";
  private static final String ATTEMPT = "idempotent-attempt";
  private static final int SERVER_ERROR = 500;

  /** Long enough that nobody can guess one who reads its hash in the database. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{16,128}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExpiringFacts facts;
  private final AnswerSeal seal;
  private final InstantSource clock;

  /**
   * @param request the hash of what was asked
   * @param status 0 while the call is under way
   * @param body sealed, in Base64
   */
  record Kept(String request, int status, String body) {}

  Idempotency(ExpiringFacts facts, @Nullable String adminToken, InstantSource clock) {
    this.facts = facts;
    this.seal = new AnswerSeal(adminToken);
    this.clock = clock;
  }

  /**
   * @param call is told a hash that every attempt at the same call has in common, so that one can
   *     finish what another has begun; empty where the call is not to be repeated
   */
  CompletionStage<HttpResponse> once(
      HttpRequest request,
      String body,
      Function<Optional<String>, CompletionStage<HttpResponse>> call) {
    Optional<String> key = request.getHeader(HEADER).map(HttpHeader::value);
    if (key.isEmpty()) {
      return call.apply(Optional.empty());
    }
    if (!KEY.matcher(key.get()).matches()) {
      return failed(OpsError.BAD_IDEMPOTENCY_KEY);
    }
    String asked =
        FactKey.of(FAMILY, request.method().name() + " " + request.getUri().path() + "\n" + body)
            .hash();
    FactKey fact = FactKey.of(FAMILY, key.get());
    String attempt = FactKey.of(ATTEMPT, key.get() + "\n" + asked).hash();
    Instant now = clock.instant();
    return stored(
            facts.putIfAbsent(fact, written(new Kept(asked, 0, "")), now.plus(UNDER_WAY), now))
        .thenCompose(
            known ->
                known.isPresent()
                    ? repeated(read(known.get()), asked, key.get())
                    : first(() -> call.apply(Optional.of(attempt)), fact, asked, key.get()));
  }

  private CompletionStage<HttpResponse> repeated(Kept kept, String asked, String key) {
    if (!kept.request().equals(asked)) {
      return failed(OpsError.IDEMPOTENCY_KEY_REUSED);
    }
    if (kept.status() == 0) {
      return failed(OpsError.CALL_UNDER_WAY);
    }
    byte[] body = seal.open(Base64.getDecoder().decode(kept.body()), key, asked);
    HttpResponse answer = OpsAnswer.empty(kept.status());
    return CompletableFuture.completedFuture(
        (body.length == 0
                ? answer
                : answer.withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body)))
            .addHeader(RawHeader.create("Idempotency-Replayed", "true")));
  }

  /** A failure of ours is not kept, so that trying again may mend it. */
  private CompletionStage<HttpResponse> first(
      Supplier<CompletionStage<HttpResponse>> call, FactKey fact, String asked, String key) {
    return call.get()
        .exceptionally(OpsAnswer::failed)
        .thenCompose(
            answer -> {
              CompletionStage<?> kept =
                  answer.status().intValue() >= SERVER_ERROR
                      ? facts.take(fact, clock.instant())
                      : keep(answer, fact, asked, key);
              // What was done stays done, whether it can be kept or not.
              return kept.handle((_, _) -> answer);
            });
  }

  private CompletionStage<?> keep(HttpResponse answer, FactKey fact, String asked, String key) {
    byte[] body = ((HttpEntity.Strict) answer.entity()).getData().toArray();
    String sealed = Base64.getEncoder().encodeToString(seal.close(body, key, asked));
    Kept kept = new Kept(asked, answer.status().intValue(), sealed);
    Instant now = clock.instant();
    return facts.put(fact, written(kept), now.plus(KEPT), now);
  }

  private static byte[] written(Kept kept) {
    try {
      return JSON.writeValueAsBytes(kept);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts that cannot be written", e);
    }
  }

  private static Kept read(byte[] bytes) {
    try {
      return JSON.readValue(bytes, Kept.class);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static <T> CompletionStage<T> stored(CompletionStage<T> stage) {
    return stage.exceptionallyCompose(
        _ -> CompletableFuture.failedFuture(new OpsFailure(OpsError.STORAGE_UNAVAILABLE)));
  }

  private static CompletionStage<HttpResponse> failed(OpsError error) {
    return CompletableFuture.completedFuture(OpsAnswer.error(error));
  }
}
