package relay.persistence;

/** The two databases the relay runs on; everything that differs between them starts here. */
public enum Engine {
  /** Embedded, one file, one node. */
  H2("slick.jdbc.H2Profile$", "org.h2.Driver", "classpath:db/h2"),
  /** Shared by the nodes of a cluster. */
  POSTGRESQL("slick.jdbc.PostgresProfile$", "org.postgresql.Driver", "classpath:db/postgresql");

  private final String slickProfile;
  private final String driver;
  private final String migrations;

  Engine(String slickProfile, String driver, String migrations) {
    this.slickProfile = slickProfile;
    this.driver = driver;
    this.migrations = migrations;
  }

  public String slickProfile() {
    return slickProfile;
  }

  public String driver() {
    return driver;
  }

  /** Where this engine's schema migrations are. */
  public String migrations() {
    return migrations;
  }
}
