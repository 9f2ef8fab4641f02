package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A WebSocket peer that reads only when told to, at most thirty seconds long. */
final class TestPeer implements AutoCloseable {
  private static final int MAX_WAIT_MILLIS = 30_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;

  TestPeer(int port) {
    try {
      socket.setReceiveBufferSize(64 * 1024);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(MAX_WAIT_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MAX_WAIT_MILLIS);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void send(byte[]... frames) {
    try {
      out.write(PeerFrames.joined(frames));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void send(String message) {
    send(PeerFrames.text(message));
  }

  /** The next frame in words, as {@link PeerFrames#read} has it; "end" if there is none. */
  String next() {
    try {
      int opcode = in.readByte() & 0x0F;
      long length = in.readByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] payload = in.readNBytes((int) length);
      return switch (opcode) {
        case 1 -> new String(payload, UTF_8);
        case 8 ->
            payload.length == 0
                ? "close"
                : "close "
                    + Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort())
                    + " "
                    + new String(payload, 2, payload.length - 2, UTF_8);
        default -> "opcode " + opcode;
      };
    } catch (EOFException e) {
      return "end";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
