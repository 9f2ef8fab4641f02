package relay.http.testing.termonmac;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happened to a peer, in order, and how far a test has read it. */
final class Transcript {
  /** One thing that happened. */
  sealed interface Entry {
    /** A connection, and how many there were before it. */
    record Opened(int connection) implements Entry {}

    /** An HTTP status instead of a connection; 0 if nobody answered. */
    record Refused(int status) implements Entry {}

    record Heard(ServerMessage message) implements Entry {}

    record Closed(int code, String reason) implements Entry {}

    /** What the peer did of itself. */
    record Did(String what) implements Entry {}
  }

  private final List<Entry> entries = new ArrayList<>();
  private int read;

  void add(Entry entry) {
    entries.add(entry);
  }

  /** The first unread entry of that kind; everything up to it counts as read then. */
  <T> Optional<T> readUpTo(Class<T> kind) {
    for (int i = read; i < entries.size(); i++) {
      Object what = entries.get(i) instanceof Entry.Heard(var message) ? message : entries.get(i);
      if (kind.isInstance(what)) {
        read = i + 1;
        return Optional.of(kind.cast(what));
      }
    }
    return Optional.empty();
  }

  /** Everything so far counts as read. */
  void readAll() {
    read = entries.size();
  }

  int unread(Class<?> kind) {
    return count(kind, read);
  }

  int count(Class<?> kind) {
    return count(kind, 0);
  }

  private int count(Class<?> kind, int from) {
    int count = 0;
    for (Entry entry : entries.subList(from, entries.size())) {
      Object what = entry instanceof Entry.Heard(var message) ? message : entry;
      count += kind.isInstance(what) ? 1 : 0;
    }
    return count;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      String line = entries.get(i).toString();
      text.append(i == read ? "\n  (unread) " : "\n  ");
      text.append(line.length() > 200 ? line.substring(0, 200) + "…" : line);
    }
    return text.toString();
  }
}
