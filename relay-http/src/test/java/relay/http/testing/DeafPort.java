package relay.http.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port at which nobody listens, nor can while this is open: it is bound. */
public final class DeafPort implements AutoCloseable {
  private final Socket holder = new Socket();

  public DeafPort() {
    try {
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where it is, such as 127.0.0.1:32768. */
  public String address() {
    return "127.0.0.1:" + holder.getLocalPort();
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
