package relay.persistence.tables;

/** No page is longer than its port allows. */
final class PageLimit {
  private PageLimit() {}

  static void check(int limit, int max) {
    if (limit < 1 || limit > max) {
      throw new IllegalArgumentException(limit + " is no page: expected 1 to " + max);
    }
  }
}
