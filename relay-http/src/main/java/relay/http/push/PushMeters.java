package relay.http.push;

/** Counts wakes by their outcome; called from any thread. */
public interface PushMeters {
  void count(PushOutcome outcome);
}
