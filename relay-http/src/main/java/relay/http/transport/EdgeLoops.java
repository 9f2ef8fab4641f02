package relay.http.transport;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The loops that carry sockets, numbered as they first do. */
final class EdgeLoops {
  private final Map<EventLoop, EdgeLoop> byEventLoop = new ConcurrentHashMap<>();
  private final List<EdgeLoop> byIndex = new CopyOnWriteArrayList<>();

  EdgeLoop of(EventLoop eventLoop, IntFunction<EdgeLoop> create) {
    EdgeLoop known = byEventLoop.get(eventLoop);
    return known != null ? known : add(eventLoop, create);
  }

  private synchronized EdgeLoop add(EventLoop eventLoop, IntFunction<EdgeLoop> create) {
    EdgeLoop created = create.apply(byIndex.size());
    byEventLoop.put(eventLoop, created);
    byIndex.add(created);
    return created;
  }

  @Nullable EdgeLoop at(int index) {
    return index >= 0 && index < byIndex.size() ? byIndex.get(index) : null;
  }

  List<EdgeLoop> all() {
    return byIndex;
  }
}
