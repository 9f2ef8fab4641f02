package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import relay.core.directory.ExpiringFacts;
import relay.http.signin.RememberedFacts;

/** A call that is repeated with its key is carried out once. */
class IdempotencyTest {
  private static final String KEY = "4b7d9e1a-5f0c-4d2b";

  private final ExpiringFacts facts = new RememberedFacts();
  private final AtomicInteger calls = new AtomicInteger();
  private Instant now = Instant.parse("2026-11-21T08:30:00Z");
  private final List<String> attempts = new ArrayList<>();
  private final Idempotency idempotency = new Idempotency(facts, "token", () -> now);

  private record Answer(String apiKey) {}

  @Test
  void aRepetitionGetsTheFirstAnswerForADay() {
    String first = body(post(KEY, "{}"));

    assertThat(body(post(KEY, "{}"))).isEqualTo(first).isEqualTo("{\"api_key\":\"secret 1\"}");
    assertThat(post(KEY, "{}").getHeader("Idempotency-Replayed")).isPresent();
    now = now.plus(Duration.ofHours(24));
    assertThat(body(post(KEY, "{}"))).isEqualTo("{\"api_key\":\"secret 2\"}");
  }

  @Test
  void anotherNodeGivesTheSameAnswer() {
    String first = body(post(KEY, "{}"));
    Idempotency elsewhere = new Idempotency(facts, "token", () -> now);

    assertThat(body(join(elsewhere.once(request(KEY), "{}", this::call)))).isEqualTo(first);
  }

  @Test
  void withoutAKeyEveryCallIsOne() {
    post(null, "{}");
    post(null, "{}");

    assertThat(calls).hasValue(2);
  }

  @Test
  void anotherCallWithTheSameKeyIsRefused() {
    post(KEY, "{}");

    assertThat(post(KEY, "{\"email\":1}").status().intValue()).isEqualTo(422);
    assertThat(calls).hasValue(1);
  }

  @Test
  void whileTheFirstIsUnderWayTheSecondIsToldSo() {
    CompletableFuture<HttpResponse> slow = new CompletableFuture<>();
    CompletionStage<HttpResponse> first = idempotency.once(request(KEY), "{}", _ -> slow);

    assertThat(body(post(KEY, "{}"))).contains("CALL_UNDER_WAY");
    slow.complete(OpsAnswer.json(201, new Answer("slow")));
    assertThat(body(join(first))).isEqualTo(body(post(KEY, "{}")));
    assertThat(calls).hasValue(0);
  }

  @Test
  void whoBeginsAnewAfterACrashIsToldThatItIsTheSameCall() {
    CompletableFuture<HttpResponse> lost = new CompletableFuture<>();
    idempotency.once(
        request(KEY),
        "{}",
        attempt -> {
          attempts.add(attempt.orElseThrow());
          return lost;
        });
    now = now.plus(Duration.ofMinutes(2));

    assertThat(body(post(KEY, "{}"))).isEqualTo("{\"api_key\":\"secret 1\"}");

    assertThat(attempts).hasSize(2);
    assertThat(attempts.getLast()).isEqualTo(attempts.getFirst()).matches("[0-9a-f]{64}");
    now = now.plus(Duration.ofHours(24));
    post(KEY, "{\"other\":1}");
    post(null, "{}");
    assertThat(attempts.get(2)).isNotEqualTo(attempts.getFirst());
    assertThat(attempts.getLast()).isEqualTo("none");
  }

  @Test
  void aFailureOfOursIsTriedAgain() {
    CompletionStage<HttpResponse> failed =
        idempotency.once(
            request(KEY),
            "{}",
            _ -> CompletableFuture.failedFuture(new OpsFailure(OpsError.ACCOUNT_UNAVAILABLE)));

    assertThat(join(failed).status().intValue()).isEqualTo(503);
    assertThat(body(post(KEY, "{}"))).isEqualTo("{\"api_key\":\"secret 1\"}");
  }

  @Test
  void aRefusalIsKept() {
    join(idempotency.once(request(KEY), "{}", _ -> done(OpsAnswer.error(OpsError.ACCOUNT_EXISTS))));

    assertThat(body(post(KEY, "{}"))).contains("ACCOUNT_EXISTS");
    assertThat(calls).hasValue(0);
  }

  @Test
  void aKeyThatCouldBeGuessedIsRefused() {
    assertThat(body(post("1", "{}"))).contains("BAD_IDEMPOTENCY_KEY");
    assertThat(calls).hasValue(0);
  }

  @Test
  void whatIsKeptShowsNoCredential() {
    post(KEY, "{}");
    byte[] kept = join(facts.take(ExpiringFacts.FactKey.of("idempotency", KEY), now)).orElseThrow();

    assertThat(new String(kept, StandardCharsets.UTF_8)).doesNotContain("secret", "api_key", KEY);
  }

  @Test
  void withAnotherAdminTokenNothingOpens() {
    post(KEY, "{}");
    Idempotency elsewhere = new Idempotency(facts, "other", () -> now);

    assertThat(
            elsewhere
                .once(request(KEY), "{}", this::call)
                .toCompletableFuture()
                .isCompletedExceptionally())
        .isTrue();
  }

  private HttpResponse post(@Nullable String key, String body) {
    return join(idempotency.once(request(key), body, this::call));
  }

  private CompletionStage<HttpResponse> call(Optional<String> attempt) {
    attempts.add(attempt.orElse("none"));
    return done(OpsAnswer.json(201, new Answer("secret " + calls.incrementAndGet())));
  }

  private static HttpRequest request(@Nullable String key) {
    HttpRequest request = HttpRequest.POST("/relay/accounts");
    return key == null ? request : request.addHeader(RawHeader.create("Idempotency-Key", key));
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }

  private static String body(HttpResponse response) {
    return ((HttpEntity.Strict) response.entity()).getData().utf8String();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
