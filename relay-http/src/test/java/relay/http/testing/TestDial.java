package relay.http.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How a {@link TestPeer} connects and what it asks for. */
public final class TestDial {
  private static final byte[] PROXY_V2 = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

  private final int port;
  private final String path;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private String method = "GET";
  private Duration patience = Duration.ofSeconds(30);
  private int receiveBufferBytes;
  private @Nullable SSLContext tls;
  private @Nullable InetSocketAddress proxied;

  TestDial(int port, String path) {
    this.port = port;
    this.path = path;
    headers.put("Host", "localhost:" + port);
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", "websocket");
    headers.put("Sec-WebSocket-Version", "13");
    headers.put("Sec-WebSocket-Key", newKey());
  }

  /** Sets a header, in place of one of that name. */
  public TestDial header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public TestDial without(String name) {
    headers.remove(name);
    return this;
  }

  public TestDial method(String name) {
    method = name;
    return this;
  }

  /** How long every wait of the peer may take; 30 s unless told. */
  public TestDial patience(Duration atMost) {
    patience = atMost;
    return this;
  }

  /** Makes the peer's kernel take few bytes that nobody reads. */
  public TestDial receiveBuffer(int bytes) {
    receiveBufferBytes = bytes;
    return this;
  }

  public TestDial tls(SSLContext context) {
    tls = context;
    return this;
  }

  /** Begins with a PROXY v2 header that names this client. */
  public TestDial proxied(InetSocketAddress client) {
    proxied = client;
    return this;
  }

  /** Connects and sends the request; the answer is read by the first expectation. */
  public TestPeer connect() {
    TestPeer peer = open();
    peer.sendBytes(requestBytes());
    return peer;
  }

  /** The request, for who brings it to the relay in another way. */
  public byte[] requestBytes() {
    return request().getBytes(ISO_8859_1);
  }

  /** Connects and sends no request. */
  public TestPeer open() {
    try {
      Socket socket = new Socket();
      if (receiveBufferBytes > 0) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          Math.toIntExact(patience.toMillis()));
      if (proxied != null) {
        socket.getOutputStream().write(proxyHeader(proxied, port));
      }
      if (tls != null) {
        socket = tls.getSocketFactory().createSocket(socket, "localhost", port, true);
      }
      return new TestPeer(socket, patience);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot connect to port " + port, failed);
    }
  }

  private String request() {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    return request.append("\r\n").toString();
  }

  private static String newKey() {
    byte[] key = new byte[16];
    ThreadLocalRandom.current().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  static byte[] proxyHeader(InetSocketAddress client, int port) throws IOException {
    byte[] source = client.getAddress().getAddress();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(PROXY_V2);
    out.writeByte(0x21);
    out.writeByte(source.length == 4 ? 0x11 : 0x21);
    out.writeShort(2 * source.length + 4);
    out.write(source);
    out.write(source);
    out.writeShort(client.getPort());
    out.writeShort(port);
    return bytes.toByteArray();
  }
}
