package relay.http.probe;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relay.http.probe.ProbeReport.Step;

/** Takes the time of each step and remembers how it went; a failed step is the last. */
final class ProbeSteps {
  /** One step's work. */
  interface Work<T> {
    T carryOut() throws ProbeFailure, GeneralSecurityException, InterruptedException;
  }

  private final List<Step> steps = new ArrayList<>();

  <T> T take(String name, Work<T> work)
      throws ProbeFailure, GeneralSecurityException, InterruptedException {
    long start = System.nanoTime();
    Optional<String> failure = Optional.of("interrupted");
    try {
      T result = work.carryOut();
      failure = Optional.empty();
      return result;
    } catch (ProbeFailure failed) {
      failure = Optional.ofNullable(failed.getMessage());
      throw failed;
    } catch (GeneralSecurityException unsealed) {
      failure = Optional.of("what arrived is not what was sealed");
      throw unsealed;
    } finally {
      steps.add(new Step(name, Duration.ofNanos(System.nanoTime() - start), failure));
    }
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }
}
