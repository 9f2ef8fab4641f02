package relay.http.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address as text and as bytes. One address has one text: IPv6 is written as RFC 5952 asks,
 * and an IPv4 address within IPv6 as IPv4.
 */
public final class IpAddress {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final Pattern IPV4_WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}");
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)](:\\d{1,5})?");
  private static final int IPV6_BYTES = 16;
  private static final int IPV6_GROUPS = 8;

  private final byte[] bytes;
  private final String text;

  private IpAddress(InetAddress address) {
    this.bytes = address.getAddress();
    this.text = address instanceof Inet4Address ? address.getHostAddress() : rfc5952(bytes);
  }

  public static IpAddress of(InetAddress address) {
    return new IpAddress(address);
  }

  /** Reads a literal, with or without brackets and port; never asks a name server. */
  public static Optional<IpAddress> parse(String literal) {
    String host = withoutPort(literal.strip());
    if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new IpAddress(InetAddress.ofLiteral(host)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String withoutPort(String literal) {
    var bracketed = BRACKETED.matcher(literal);
    if (bracketed.matches()) {
      return bracketed.group(1);
    }
    var withPort = IPV4_WITH_PORT.matcher(literal);
    return withPort.matches() ? withPort.group(1) : literal;
  }

  boolean isIpv6() {
    return bytes.length == IPV6_BYTES;
  }

  /** How many bits the address has. */
  int bits() {
    return bytes.length * Byte.SIZE;
  }

  /** Whether the first bits of both addresses are the same; false across IP versions. */
  boolean sharesPrefix(IpAddress other, int prefixBits) {
    if (bytes.length != other.bytes.length) {
      return false;
    }
    int whole = prefixBits / Byte.SIZE;
    int rest = prefixBits % Byte.SIZE;
    return Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)
        && (rest == 0 || ((bytes[whole] ^ other.bytes[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
  }

  private static String rfc5952(byte[] bytes) {
    int[] groups = new int[IPV6_GROUPS];
    for (int at = 0; at < IPV6_GROUPS; at++) {
      groups[at] = (bytes[2 * at] & 0xff) << Byte.SIZE | (bytes[2 * at + 1] & 0xff);
    }
    int start = longestZeroRun(groups);
    int end = start + zeroRun(groups, start);
    // A single zero group is written out.
    if (end - start < 2) {
      return joined(groups, 0, IPV6_GROUPS);
    }
    return joined(groups, 0, start) + "::" + joined(groups, end, IPV6_GROUPS);
  }

  private static int longestZeroRun(int[] groups) {
    int longest = 0;
    for (int at = 1; at < IPV6_GROUPS; at++) {
      if (zeroRun(groups, at) > zeroRun(groups, longest)) {
        longest = at;
      }
    }
    return longest;
  }

  private static int zeroRun(int[] groups, int start) {
    int end = start;
    while (end < IPV6_GROUPS && groups[end] == 0) {
      end++;
    }
    return end - start;
  }

  private static String joined(int[] groups, int start, int end) {
    StringBuilder text = new StringBuilder();
    for (int at = start; at < end; at++) {
      text.append(at == start ? "" : ":").append(Integer.toHexString(groups[at]));
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return text;
  }
}
