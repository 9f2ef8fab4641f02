package relay.persistence;

/** The two databases the relay runs on; everything that differs between them starts here. */
public enum Engine {
  /** Embedded, one file, one node. */
  H2("jdbc:h2:", "org.h2.Driver", "classpath:db/h2"),
  /** Shared by the nodes of a cluster. */
  POSTGRESQL("jdbc:postgresql:", "org.postgresql.Driver", "classpath:db/postgresql");

  private final String scheme;
  private final String driver;
  private final String migrations;

  Engine(String scheme, String driver, String migrations) {
    this.scheme = scheme;
    this.driver = driver;
    this.migrations = migrations;
  }

  /** What its addresses begin with. */
  public String scheme() {
    return scheme;
  }

  public String driver() {
    return driver;
  }

  /** Where this engine's schema migrations are. */
  public String migrations() {
    return migrations;
  }
}
