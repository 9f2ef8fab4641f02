package relay.core.protocol.pyrycode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts envelopes together as sockets do. */
final class Envelopes {
  private Envelopes() {}

  static byte[] around(String connId, String frame) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(EnvelopeCodec.head(connId));
    message.writeBytes(frame.getBytes(StandardCharsets.UTF_8));
    message.writeBytes(EnvelopeCodec.tail());
    return message.toByteArray();
  }
}
