package relay.core.health;

import java.util.concurrent.CompletionStage;

/** One thing a node needs to serve, asked each time somebody wants to know. */
public interface ReadinessProbe {

  /** A word for operators, such as {@code database}. */
  String name();

  /** Whether it is there; an answer that fails, or takes too long, means that it is not. */
  CompletionStage<Boolean> check();
}
