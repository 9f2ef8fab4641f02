package relay.http.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the ops API says about rooms; field names become {@code snake_case}. */
final class RoomViews {
  private RoomViews() {}

  record Page(List<Row> rooms, @Nullable String next) {}

  /** One room of a list: its sockets counted, and the nodes that carry them. */
  record Row(String dialect, String id, long agents, long phones, List<String> nodes) {}

  record Room(
      String dialect,
      String id,
      long epoch,
      @Nullable String owner,
      @Nullable String graceUntil,
      @Nullable Slot agent,
      List<Slot> phones) {}

  /**
   * A held slot and its socket.
   *
   * @param traffic what its node says of the socket, or null where that node knows it no more
   */
  record Slot(
      String connection, String since, String node, long socket, @Nullable Traffic traffic) {}

  /** Frames and payload bytes from the peer and to it. */
  record Traffic(String since, long framesIn, long bytesIn, long framesOut, long bytesOut) {}

  record History(List<Event> events, @Nullable String next) {}

  /** One event; fields that its kind does not have are left out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Event(
      long sequence,
      String at,
      String event,
      @Nullable Long epoch,
      @Nullable String connection,
      @Nullable String node,
      @Nullable Long socket,
      @Nullable String cause,
      @Nullable Integer closeCode,
      @Nullable String graceUntil,
      @Nullable String owner) {}
}
