package relay.http.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import relay.http.frame.Opcode;

/** Reads a server's frames on a thread of its own and sorts what they say into queues. */
final class ServerFrames {
  /** A pong and the number of other events that came before it. */
  record Pong(String payload, int eventsBefore) {}

  /** What a peer does at once, on the reading thread. */
  interface Reflexes {
    void pinged(byte[] payload) throws IOException;

    void closed(byte[] payload) throws IOException;
  }

  private static final int MAX_WAITING = 1 << 17;
  private static final int FIN = 0x80;

  final BlockingQueue<ServerEvent> events = new LinkedBlockingQueue<>(MAX_WAITING);
  final BlockingQueue<String> pings = new LinkedBlockingQueue<>(MAX_WAITING);
  final BlockingQueue<Pong> pongs = new LinkedBlockingQueue<>(MAX_WAITING);
  private final DataInputStream in;
  private final Reflexes reflexes;
  private int told;

  ServerFrames(InputStream in, Reflexes reflexes) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.reflexes = reflexes;
  }

  void start() {
    Thread.ofVirtual().name("test-peer").start(this::readAll);
  }

  private void readAll() {
    try {
      while (true) {
        readFrame();
      }
    } catch (EOFException _) {
      tellLast("connection closed");
    } catch (IOException broken) {
      tellLast(broken.getClass().getSimpleName() + ": " + broken.getMessage());
    } catch (InterruptedException _) {
      tellLast("interrupted");
    }
  }

  private void readFrame() throws IOException, InterruptedException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((first & ~0x0F) != FIN || second > 127) {
      throw new IOException("no server's frame header: %02x %02x".formatted(first, second));
    }
    byte[] payload = new byte[length(second)];
    in.readFully(payload);
    switch (first & 0x0F) {
      case Opcode.TEXT -> tell(new ServerEvent.Text(new String(payload, UTF_8)));
      case Opcode.BINARY -> tell(new ServerEvent.Binary(HexFormat.of().formatHex(payload)));
      case Opcode.PING -> {
        reflexes.pinged(payload);
        pings.put(new String(payload, UTF_8));
      }
      case Opcode.PONG -> pongs.put(new Pong(new String(payload, UTF_8), told));
      case Opcode.CLOSE -> {
        tell(ServerEvent.close(payload));
        reflexes.closed(payload);
      }
      default -> throw new IOException("no server's opcode: " + (first & 0x0F));
    }
  }

  private int length(int second) throws IOException {
    return switch (second) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> second;
    };
  }

  private void tell(ServerEvent event) throws InterruptedException {
    events.put(event);
    told++;
  }

  private void tellLast(String how) {
    if (!events.offer(new ServerEvent.End(how))) {
      throw new IllegalStateException("the test never read what its peer received");
    }
  }
}
