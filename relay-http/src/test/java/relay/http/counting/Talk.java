package relay.http.counting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.Pattern;
import relay.http.testing.ClientFrames;

/** A binary and a phone that send each other the same frame over and over. */
final class Talk implements AutoCloseable {
  private static final Pattern CONN_ID = Pattern.compile("\"conn_id\":\"[^\"]+\"");

  private final BlockingPeer binary;
  private final BlockingPeer phone;
  private final String frame;
  private final String envelope;

  private Talk(BlockingPeer binary, BlockingPeer phone, String frame, String envelope) {
    this.binary = binary;
    this.phone = phone;
    this.frame = frame;
    this.envelope = envelope;
  }

  /** Joins a room; its frames have that many bytes. */
  static Talk in(String room, int port, int bytes) throws IOException {
    BlockingPeer binary = BlockingPeer.binary(port, room);
    BlockingPeer phone = BlockingPeer.phone(port, room);
    String frame = '"' + "x".repeat(bytes - 2) + '"';
    phone.sendText(frame);
    String envelope = binary.text();
    if (!CONN_ID.matcher(envelope).find() || !envelope.contains(frame)) {
      throw new IOException("not an envelope around the frame: " + envelope);
    }
    return new Talk(binary, phone, frame, envelope);
  }

  /** The phone says so much at once and the binary answers as much, so many times. */
  void exchange(int times, int atOnce) throws IOException {
    byte[] up = repeated(frame, atOnce);
    byte[] down = repeated(envelope, atOnce);
    for (int i = 0; i < times; i++) {
      phone.send(up);
      binary.skip(atOnce * (4 + envelope.length()));
      binary.send(down);
      phone.skip(atOnce * (4 + frame.length()));
    }
  }

  /** One more phone joins the room, says something and is heard. */
  BlockingPeer joinedBy(BlockingPeer another) throws IOException {
    another.sendText("{}");
    String heard = binary.text();
    if (!heard.endsWith("\"frame\":{}}")) {
      throw new IOException("not what the phone said: " + heard);
    }
    return another;
  }

  private static byte[] repeated(String text, int times) {
    byte[] one = ClientFrames.frames().text(text).bytes();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(one);
    }
    return all.toByteArray();
  }

  @Override
  public void close() throws IOException {
    phone.close();
    binary.close();
  }
}
