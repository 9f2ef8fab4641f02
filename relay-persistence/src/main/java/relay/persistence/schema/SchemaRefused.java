package relay.persistence.schema;

import relay.persistence.Engine;

/** The relay does not start, since the database's schema is not one it can work with. */
public final class SchemaRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaRefused(Engine engine, Throwable cause) {
    super(
        "The schema in %s is not usable and the relay does not start: %s"
            .formatted(engine, cause.getMessage()),
        cause);
  }
}
