package relay.http.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Thousands of clients on one selector, which turns while the test waits for them. */
public final class Crowd implements AutoCloseable {
  /** Something to wait for; looking may make members speak. */
  public interface Condition {
    boolean holds() throws IOException;
  }

  private final int port;
  private final Selector selector;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
  private final List<CrowdMember> members = new ArrayList<>();

  public Crowd(int port) throws IOException {
    this.port = port;
    this.selector = Selector.open();
  }

  /** Begins to connect; the bytes are sent as soon as the connection is there. */
  public CrowdMember join(byte[] firstBytes) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    CrowdMember member = new CrowdMember(channel, firstBytes);
    members.add(member);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.register(selector, SelectionKey.OP_CONNECT, member);
    return member;
  }

  public CrowdMember join(TestDial dial) throws IOException {
    return join(dial.requestBytes());
  }

  /** Everybody who ever joined. */
  public List<CrowdMember> members() {
    return Collections.unmodifiableList(members);
  }

  public int count(Predicate<CrowdMember> which) {
    return (int) members.stream().filter(which).count();
  }

  /** Lets everybody read and write until that is so. */
  public void await(String what, Duration atMost, Condition isSo) throws IOException {
    long start = System.nanoTime();
    while (!isSo.holds()) {
      if (System.nanoTime() - start > atMost.toNanos()) {
        throw new AssertionError(
            "expected %s within %s, but of %d members %d were answered and %d have ended"
                .formatted(
                    what,
                    atMost,
                    members.size(),
                    count(it -> it.status() != 0),
                    count(CrowdMember::hasEnded)));
      }
      turn();
    }
  }

  /** Reads and writes what can be, or waits a moment for it. */
  public void turn() throws IOException {
    selector.select(key -> ready(key, (CrowdMember) key.attachment()), 20);
  }

  private void ready(SelectionKey key, CrowdMember member) {
    try {
      if (key.isConnectable()) {
        member.connected();
        key.interestOps(SelectionKey.OP_READ);
      } else if (key.isReadable()) {
        member.read(bytes);
      }
    } catch (IOException _) {
      member.lost();
    }
  }

  @Override
  public void close() throws IOException {
    for (CrowdMember member : members) {
      member.reset();
    }
    selector.close();
  }
}
