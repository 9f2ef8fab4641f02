package relay.persistence.schema;

import java.sql.SQLException;
import java.util.Objects;
import relay.persistence.Storage;

/** The relay does not start, since the database or its schema is not one it can work with. */
public final class SchemaRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int H2_ALREADY_OPEN = 90020;

  SchemaRefused(Storage storage, Throwable cause) {
    super(isTaken(cause) ? taken(storage) : unusable(storage, cause), cause);
  }

  private static String unusable(Storage storage, Throwable cause) {
    return "the schema in %s is not usable: %s".formatted(storage.engine(), reason(cause));
  }

  private static String taken(Storage storage) {
    String file = storage.url().replaceAll("^jdbc:h2:file:|;.*", "");
    return "the embedded database %s is in use by another process: expected".formatted(file)
        + " a relay.storage.data-dir of this relay's own, or PostgreSQL in relay.storage.url";
  }

  private static boolean isTaken(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException database && database.getErrorCode() == H2_ALREADY_OPEN) {
        return true;
      }
    }
    return false;
  }

  /** What the innermost failure says, in one line. */
  private static String reason(Throwable failure) {
    String said = failure.toString();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      said = Objects.requireNonNullElse(each.getMessage(), said);
    }
    return said.replaceAll("\\s*\\R\\s*", " ");
  }
}
