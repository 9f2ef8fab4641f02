package relay.http.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** One WebSocket of a client, confined to its {@link Loop}. */
final class Connection {
  static final int ABNORMAL = 1006;

  private static final int FIRST_BYTES = 4096;
  private static final int LEAST_RECEIVED_BYTES = 4096;
  private static final int MOST_QUEUED_BYTES = 64 * 1024 * 1024;

  /** RFC 6455 1.3: the answer to the key that every connection sends. */
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private static final byte[] NOTHING = {};

  private final Loop loop;
  private final Peer peer;
  private final SocketChannel channel;
  private final SelectionKey key;
  private byte[] queued = new byte[FIRST_BYTES];
  private ByteBuffer out = ByteBuffer.wrap(queued);
  private byte[] carry = NOTHING;
  private boolean isReading = true;
  private boolean isUpgraded;
  private boolean isDirty;
  private boolean isOver;
  private int closeCode = ABNORMAL;

  Connection(Loop loop, Endpoint endpoint, String head, Peer peer) throws IOException {
    this.loop = loop;
    this.peer = peer;
    this.channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    out.put(head.getBytes(ISO_8859_1));
    key = loop.register(channel, this);
    boolean isConnected = channel.connect(endpoint.address());
    key.interestOps(
        isConnected ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);
  }

  void sendText(byte[] head, byte[] bytes, int from, int to, byte[] tail) {
    int start = begin(ClientFrame.TEXT, head.length + to - from + tail.length);
    out.put(head).put(bytes, from, to - from).put(tail);
    ClientFrame.mask(queued, start, out.position());
    touch();
  }

  void sendClose(int code) {
    control(ClientFrame.CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  private void control(int opcode, byte[] payload) {
    int start = begin(opcode, payload.length);
    out.put(payload);
    ClientFrame.mask(queued, start, out.position());
    touch();
  }

  private int begin(int opcode, int length) {
    int needed = out.position() + ClientFrame.MAX_HEADER_BYTES + length;
    if (needed > out.capacity()) {
      queued = Arrays.copyOf(queued, Math.max(needed, 2 * queued.length));
      out = ByteBuffer.wrap(queued).position(out.position());
    }
    ClientFrame.begin(out, opcode, length);
    return out.position();
  }

  private void touch() {
    if (!isDirty && isUpgraded) {
      isDirty = true;
      loop.dirty(this);
    }
  }

  /** What comes stays in the kernel, which is given little room for it. */
  void stopReading() {
    isReading = false;
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, LEAST_RECEIVED_BYTES);
    } catch (IOException _) {
      // Then it takes longer until the relay's queue fills.
    }
    key.interestOpsAnd(~SelectionKey.OP_READ);
  }

  void readAgain() {
    isReading = true;
    if (key.isValid()) {
      key.interestOpsOr(SelectionKey.OP_READ);
    }
  }

  /** Ends it without a word. */
  void drop() {
    end(ABNORMAL);
  }

  void selected() {
    try {
      if (key.isValid() && key.isConnectable() && channel.finishConnect()) {
        flush();
      }
      if (key.isValid() && key.isWritable()) {
        flush();
      }
      if (key.isValid() && key.isReadable()) {
        read();
      }
    } catch (IOException _) {
      end(closeCode);
    }
  }

  void flush() throws IOException {
    isDirty = false;
    if (isOver) {
      return;
    }
    out.flip();
    channel.write(out);
    out.compact();
    int reading = isReading ? SelectionKey.OP_READ : 0;
    key.interestOps(out.position() == 0 ? reading : reading | SelectionKey.OP_WRITE);
    if (out.position() > MOST_QUEUED_BYTES) {
      throw new IOException("the relay does not take what is sent");
    }
  }

  private void read() throws IOException {
    byte[] space = loop.input(carry.length);
    ByteBuffer in = ByteBuffer.wrap(space).put(carry);
    carry = NOTHING;
    boolean isEnd = channel.read(in) < 0;
    int at = isUpgraded ? 0 : answered(space, in.position());
    if (isUpgraded) {
      at = frames(space, at, in.position());
    }
    if (isEnd) {
      end(closeCode);
    } else {
      carry = Arrays.copyOfRange(space, at, in.position());
    }
  }

  private int answered(byte[] in, int to) throws IOException {
    String text = new String(in, 0, to, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return 0;
    }
    if (!text.startsWith("HTTP/1.1 101") || text.indexOf(ACCEPT) < 0) {
      throw new IOException("not upgraded: " + text.lines().findFirst().orElse(""));
    }
    isUpgraded = true;
    peer.opened();
    return end + 4;
  }

  private int frames(byte[] in, int from, int to) throws IOException {
    int at = from;
    while (to - at >= 2 && !isOver) {
      int shortLength = in[at + 1] & 0x7F;
      int header = shortLength < 126 ? 2 : shortLength == 126 ? 4 : 10;
      if (to - at < header) {
        return at;
      }
      int length =
          switch (shortLength) {
            case 126 -> ByteBuffer.wrap(in).getShort(at + 2) & 0xFFFF;
            case 127 -> Math.toIntExact(ByteBuffer.wrap(in).getLong(at + 2));
            default -> shortLength;
          };
      if (to - at - header < length) {
        return at;
      }
      frame(in[at], in, at + header, at + header + length);
      at += header + length;
    }
    return at;
  }

  private void frame(int first, byte[] in, int from, int to) throws IOException {
    if ((first & 0xF0) != 0x80) {
      throw new IOException("a fragment or a reserved bit");
    }
    switch (first & 0x0F) {
      case ClientFrame.TEXT -> peer.message(in, from, to);
      case ClientFrame.PING -> control(ClientFrame.PONG, Arrays.copyOfRange(in, from, to));
      case ClientFrame.PONG -> {}
      case ClientFrame.CLOSE -> {
        closeCode = to - from < 2 ? 1005 : (in[from] & 0xFF) << 8 | (in[from + 1] & 0xFF);
        control(ClientFrame.CLOSE, Arrays.copyOfRange(in, from, Math.min(to, from + 2)));
        flush();
        end(closeCode);
      }
      default -> throw new IOException("opcode " + (first & 0x0F));
    }
  }

  private void end(int code) {
    if (!isOver) {
      isOver = true;
      try {
        channel.close();
      } catch (IOException _) {
        // It is gone either way.
      }
      peer.closed(code);
    }
  }
}
