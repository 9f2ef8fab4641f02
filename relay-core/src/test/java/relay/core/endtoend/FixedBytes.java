package relay.core.endtoend;

import java.security.SecureRandom;

/** Randomness that a test vector prescribes. */
final class FixedBytes extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final byte[] next;

  FixedBytes(byte[] next) {
    this.next = next.clone();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    System.arraycopy(next, 0, bytes, 0, bytes.length);
  }
}
