package relay.http.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A stream whose reads wait while the gate is shut. */
final class ReadGate extends FilterInputStream {
  private boolean isShut;

  ReadGate(InputStream in) {
    super(in);
  }

  synchronized void shut() {
    isShut = true;
  }

  synchronized void open() {
    isShut = false;
    notifyAll();
  }

  @Override
  public int read() throws IOException {
    pass();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    pass();
    return super.read(bytes, from, count);
  }

  private synchronized void pass() throws InterruptedIOException {
    try {
      while (isShut) {
        wait();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while not reading");
    }
  }
}
