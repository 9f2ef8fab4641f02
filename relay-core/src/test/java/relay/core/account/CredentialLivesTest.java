package relay.core.account;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * However sign-ins, exchanges, repetitions, thefts, expiries, revocations and deletions follow one
 * another, {@link CredentialWorld} finds nothing wrong.
 */
class CredentialLivesTest {

  /** What happens next; numbers choose among the credentials that have ever been handed out. */
  sealed interface Step {
    record SignIn() implements Step {}

    record UseKey(int which) implements Step {}

    record Exchange(int which) implements Step {}

    record Revoke(int which) implements Step {}

    record Wait(Duration time) implements Step {}

    record Delete() implements Step {}

    record Restore() implements Step {}
  }

  @Property(tries = 2_000)
  void noCredentialOutlivesItsRules(@ForAll("lives") List<Step> steps) {
    CredentialWorld world = new CredentialWorld();
    for (Step step : steps) {
      world.happen(step);
      world.check();
    }
  }

  @Provide
  Arbitrary<List<Step>> lives() {
    return Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just((Step) new Step.SignIn())),
            Tuple.of(4, numbers().map(Step.UseKey::new)),
            Tuple.of(8, numbers().map(Step.Exchange::new)),
            Tuple.of(1, numbers().map(Step.Revoke::new)),
            Tuple.of(6, times().map(Step.Wait::new)),
            Tuple.of(1, Arbitraries.of(new Step.Delete(), new Step.Restore())))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  /** Mostly of what was handed out last, since the rest is mostly worthless. */
  private static Arbitrary<Integer> numbers() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.integers().between(0, 3)),
        Tuple.of(1, Arbitraries.integers().between(0, 200)));
  }

  private static Arbitrary<Duration> times() {
    Arbitrary<Duration> near =
        Arbitraries.of(
            AccountScene.GRACE,
            AccountScene.KEY_TTL,
            AccountScene.REFRESH_TTL,
            AccountScene.LIFETIME,
            AccountScene.DELETION_GRACE,
            Duration.ofHours(8));
    Arbitrary<Integer> parts = Arbitraries.of(1, 2, 3, 100);
    Arbitrary<Long> off = Arbitraries.longs().between(-1, 1);
    return Combinators.combine(near, parts, off)
        .as((time, part, nanos) -> time.dividedBy(part).plusNanos(nanos));
  }
}
