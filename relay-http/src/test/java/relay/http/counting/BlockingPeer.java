package relay.http.counting;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import relay.http.testing.ClientFrames;

/**
 * A client that sends prepared bytes and knows how many it gets, so that it costs little itself.
 */
final class BlockingPeer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private BlockingPeer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  static BlockingPeer binary(int port, String serverId) throws IOException {
    return upgraded(port, "/v1/server", "x-pyrycode-version: 1", serverId);
  }

  static BlockingPeer phone(int port, String serverId) throws IOException {
    return upgraded(port, "/v1/client", "x-pyrycode-token: t", serverId);
  }

  /** A Mac or a phone with an API key (TermOnMac 2.1). */
  static BlockingPeer termonmac(int port, String room, String role, String apiKey)
      throws IOException {
    return upgraded(
        port,
        "/ws?room_id=" + room + "&role=" + role,
        "authorization: Bearer " + apiKey,
        "not looked at");
  }

  private static BlockingPeer upgraded(int port, String path, String header, String serverId)
      throws IOException {
    BlockingPeer peer = new BlockingPeer(port);
    String request =
        """
        GET %s HTTP/1.1
        host: localhost
        connection: Upgrade
        upgrade: websocket
        sec-websocket-version: 13
        sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==
        user-agent: counting
        x-pyrycode-server: %s
        %s

        """
            .formatted(path, serverId, header);
    peer.send(request.replace("\n", "\r\n").getBytes(ISO_8859_1));
    peer.skipHead();
    return peer;
  }

  private void skipHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("not upgraded: " + head);
    }
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void sendText(String text) throws IOException {
    send(ClientFrames.frames().text(text).bytes());
  }

  void skip(int bytes) throws IOException {
    in.readFully(new byte[bytes]);
  }

  /** One text frame of the relay. */
  String text() throws IOException {
    if (in.readUnsignedByte() != 0x81) {
      throw new IOException("not a whole text frame");
    }
    int length = in.readUnsignedByte();
    byte[] payload = new byte[length < 126 ? length : in.readUnsignedShort()];
    in.readFully(payload);
    return new String(payload, UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
