package relay.http.access;

/** What becomes of a refresh token that somebody wants to exchange (TermOnMac 1.5). */
public sealed interface Refreshing {

  /**
   * @param json the answer's body, the same bytes for the same token during the rotation grace
   */
  record Refreshed(String json) implements Refreshing {
    @Override
    public String toString() {
      return "Refreshed[hidden]";
    }
  }

  /** 401 {@code REFRESH_TOKEN_INVALID}. */
  record Invalid() implements Refreshing {}

  /** 429: the token's family was rotated too often within the rotation grace; try again later. */
  record TooOften() implements Refreshing {}
}
