package relay.core.protocol.termonmac;

/** The names a Mac may give its room (TermOnMac 3.2). */
public final class RoomId {
  private static final int MAX_LENGTH = 64;

  private RoomId() {}

  /** Whether it is 1 to 64 letters, digits, hyphens and underscores of ASCII. */
  public static boolean isValid(String id) {
    return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(RoomId::isPart);
  }

  private static boolean isPart(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '-'
        || character == '_';
  }
}
