package relay.core.protocol.termonmac;

/**
 * What the other side needs to agree on a key, forwarded as it came (TermOnMac 3.5). The relay
 * looks at none of it, and prints none of it.
 *
 * @param publicKey identity of the device
 * @param sessionNonce of this connection, or empty
 * @param ephemeralKey of this connection, or empty
 */
public record Keys(String publicKey, String sessionNonce, String ephemeralKey) {
  @Override
  public String toString() {
    return "Keys[…]";
  }
}
