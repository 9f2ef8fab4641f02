package relay.core.room;

import java.util.Arrays;
import java.util.Optional;

/** The wire dialect a room speaks; {@link #wireName} is what routes, metrics and entity ids say. */
public enum Dialect {
  PYRYCODE("pyrycode"),
  TERMONMAC("termonmac");

  private final String wireName;

  Dialect(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  public static Optional<Dialect> of(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
