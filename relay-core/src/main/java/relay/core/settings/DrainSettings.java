package relay.core.settings;

import java.time.Duration;

/**
 * Graceful shutdown (pyrycode 8.4).
 *
 * @param deadline after which sockets that have not closed are left to the end of the process, 10 s
 */
public record DrainSettings(Duration deadline) {
  public DrainSettings {
    Expect.positive("relay.drain.deadline", deadline);
  }

  static DrainSettings from(Section section) {
    return new DrainSettings(section.duration("deadline"));
  }
}
