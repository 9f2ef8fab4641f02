package relay.http.bench.load;

import java.util.List;
import java.util.function.Function;

/**
 * One line of the table.
 *
 * @param unit what is counted: messages delivered at either end, or joins
 * @param bytes length of a message at the phone
 */
public record Cell(String name, Unit unit, int bytes, Function<Stage, Workload> workload) {
  private static final int ROOMS = 200;
  private static final int PER_SECOND = 5_000;

  /** What a cell counts. */
  public enum Unit {
    MESSAGE,
    JOIN
  }

  /** Everything {@code mvn -Pbench verify} measures, the first one longest warmed up. */
  public static List<Cell> all() {
    return List.of(
        messages("200 rooms x 256 B, 1 under way", 256, it -> new PingPong(it, ROOMS, 1)),
        messages("200 rooms x 256 B, 8 under way", 256, it -> new PingPong(it, ROOMS, 8)),
        messages("200 rooms x 16 KiB, 1 under way", 16_384, it -> new PingPong(it, ROOMS, 1)),
        messages("200 rooms x 256 B, 5000/s, as due", 256, it -> new Paced(it, ROOMS, PER_SECOND)),
        messages("fan-out 1 to 16 x 1 KiB", 1_024, it -> new FanOut(it, 16)),
        new Cell("32 phones join and leave", Unit.JOIN, 256, it -> new Churn(it, 32)),
        new Cell("32 rooms come and go", Unit.JOIN, 256, it -> new RoomChurn(it, 32)));
  }

  /** What {@code -Dbench.stress} measures. */
  public static List<Cell> stress() {
    return List.of(
        messages("5000/s, 1000 other phones read", 256, it -> stalled(it, true)),
        messages("5000/s, 1000 other phones do not", 256, it -> stalled(it, false)),
        new Cell("9000 sockets lost at once, back", Unit.JOIN, 256, it -> new Comeback(it, 4500)));
  }

  /** Talk in 200 rooms at that rate, for as long as one likes. */
  public static Cell soak(int perSecond) {
    return messages(
        "200 rooms x 256 B, %d/s".formatted(perSecond), 256, it -> new Paced(it, ROOMS, perSecond));
  }

  private static Workload stalled(Stage stage, boolean areReading) {
    return new Stalled(stage, new Paced(stage, ROOMS, PER_SECOND), 1_000, areReading);
  }

  private static Cell messages(String name, int bytes, Function<Stage, Workload> workload) {
    return new Cell(name, Unit.MESSAGE, bytes, workload);
  }
}
