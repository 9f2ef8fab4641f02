package relay.http.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import relay.http.frame.Opcode;

/** One client of a {@link Crowd}: answers pings and closes, keeps the texts, waits for nothing. */
public final class CrowdMember {
  private static final byte[] NOTHING = {};
  private static final int NO_CODE = 1005;

  private final SocketChannel channel;
  private final byte[] firstBytes;
  private final List<String> texts = new ArrayList<>();
  private byte[] unread = NOTHING;
  private int status;
  private int closeCode;
  private boolean hasEnded;

  CrowdMember(SocketChannel channel, byte[] firstBytes) {
    this.channel = channel;
    this.firstBytes = firstBytes;
  }

  public boolean isConnected() {
    return channel.isConnected();
  }

  /** The status of the relay's answer, 0 before it. */
  public int status() {
    return status;
  }

  /** The code of the relay's close frame, 0 before it. */
  public int closeCode() {
    return closeCode;
  }

  public boolean hasEnded() {
    return hasEnded;
  }

  /** Was let in, and nobody has closed since. */
  public boolean isIn() {
    return status == 101 && closeCode == 0 && !hasEnded;
  }

  public List<String> texts() {
    return texts;
  }

  /** Sends what surely fits into the kernel's buffer. */
  public void send(byte[] bytes) throws IOException {
    if (channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
      throw new IOException("the relay takes no more bytes");
    }
  }

  public void sendText(String text) throws IOException {
    send(ClientFrames.frames().text(text).bytes());
  }

  /** The relay sees the end of the bytes. */
  public void leave() throws IOException {
    hasEnded = true;
    channel.close();
  }

  /** The relay sees a reset. */
  public void reset() throws IOException {
    if (channel.isOpen()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      leave();
    }
  }

  void connected() throws IOException {
    channel.finishConnect();
    send(firstBytes);
  }

  void read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      lost();
      return;
    }
    int before = unread.length;
    unread = Arrays.copyOf(unread, before + buffer.position());
    buffer.flip().get(unread, before, buffer.limit());
    if (status != 0 || readAnswer()) {
      readFrames();
    }
  }

  void lost() {
    hasEnded = true;
    try {
      channel.close();
    } catch (IOException _) {
      // It was lost before.
    }
  }

  private boolean readAnswer() {
    String head = new String(unread, ISO_8859_1);
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    status = Integer.parseInt(head.substring(9, 12));
    unread = Arrays.copyOfRange(unread, end + 4, unread.length);
    return true;
  }

  private void readFrames() throws IOException {
    int at = 0;
    while (status == 101 && unread.length - at >= 2) {
      int shortLength = unread[at + 1];
      int header = shortLength == 126 ? 4 : 2;
      if (shortLength == 127) {
        throw new IOException("too long for a member of a crowd");
      }
      if (unread.length - at < header) {
        break;
      }
      int length =
          header == 2 ? shortLength : Short.toUnsignedInt(ByteBuffer.wrap(unread).getShort(at + 2));
      if (unread.length - at < header + length) {
        break;
      }
      heard(unread[at] & 0x0F, Arrays.copyOfRange(unread, at + header, at + header + length));
      at += header + length;
    }
    unread = at == unread.length ? NOTHING : Arrays.copyOfRange(unread, at, unread.length);
  }

  private void heard(int opcode, byte[] payload) throws IOException {
    switch (opcode) {
      case Opcode.TEXT -> texts.add(new String(payload, UTF_8));
      case Opcode.PING ->
          send(ClientFrames.frames().frame(ClientFrames.FIN | Opcode.PONG, payload).bytes());
      case Opcode.CLOSE -> {
        closeCode =
            payload.length < 2 ? NO_CODE : Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
        send(ClientFrames.frames().frame(ClientFrames.FIN | Opcode.CLOSE, payload).bytes());
      }
      default -> {}
    }
  }
}
