package relay.http.counting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import relay.http.testing.ClientFrames;

/** A Mac and a phone that send each other the same frame over and over. */
final class MacTalk implements AutoCloseable {
  private static final String INTRODUCTION =
      "{\"type\":\"%s\",\"room_id\":\"%s\",\"secret_hash\":\"s\",\"public_key\":\"k\"}";

  private final BlockingPeer mac;
  private final BlockingPeer phone;
  private final byte[] frame;

  private MacTalk(BlockingPeer mac, BlockingPeer phone, byte[] frame) {
    this.mac = mac;
    this.phone = phone;
    this.frame = frame;
  }

  /** Meets in a room; the frames have that many bytes. */
  static MacTalk in(String room, int port, String apiKey, int bytes) throws IOException {
    BlockingPeer mac = BlockingPeer.termonmac(port, room, "mac", apiKey);
    mac.sendText(INTRODUCTION.formatted("register_room", room));
    expect(mac, "room_registered");
    BlockingPeer phone = BlockingPeer.termonmac(port, room, "ios", apiKey);
    phone.sendText(INTRODUCTION.formatted("join_room", room));
    expect(phone, "peer_joined");
    expect(mac, "peer_joined");
    String empty = "{\"type\":\"relay\",\"payload\":\"\"}";
    String text = empty.replace("\"\"}", "\"" + "x".repeat(bytes - empty.length()) + "\"}");
    return new MacTalk(mac, phone, ClientFrames.frames().text(text).bytes());
  }

  private static void expect(BlockingPeer peer, String type) throws IOException {
    String text = peer.text();
    if (!text.contains(type)) {
      throw new IOException("not " + type + ": " + text);
    }
  }

  /** The phone says so much at once and the Mac answers as much, so many times. */
  void exchange(int times, int atOnce) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < atOnce; i++) {
      all.writeBytes(frame);
    }
    byte[] said = all.toByteArray();
    // A client's frame has a mask of four bytes which the relay's has not.
    int heard = atOnce * (frame.length - 4);
    for (int i = 0; i < times; i++) {
      phone.send(said);
      mac.skip(heard);
      mac.send(said);
      phone.skip(heard);
    }
  }

  @Override
  public void close() throws IOException {
    phone.close();
    mac.close();
  }
}
