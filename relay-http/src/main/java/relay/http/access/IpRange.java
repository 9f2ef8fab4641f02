package relay.http.access;

/** A CIDR range of addresses, such as {@code 10.0.0.0/8}; a lone address is a range of one. */
public record IpRange(IpAddress first, int prefixBits) {

  public IpRange {
    if (prefixBits < 0 || prefixBits > first.bits()) {
      throw new IllegalArgumentException(
          "/" + prefixBits + " is no prefix of " + first + ": it has " + first.bits() + " bits");
    }
  }

  public static IpRange parse(String text) {
    int slash = text.indexOf('/');
    IpAddress first =
        IpAddress.parse(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(() -> new IllegalArgumentException(text + " is no address range"));
    return new IpRange(
        first, slash < 0 ? first.bits() : Integer.parseInt(text.substring(slash + 1)));
  }

  public boolean contains(IpAddress address) {
    return first.sharesPrefix(address, prefixBits);
  }
}
