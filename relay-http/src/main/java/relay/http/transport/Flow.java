package relay.http.transport;

/** What one source has under way on one link: at most twice the limit. Confined to its loop. */
final class Flow {
  private final OutLink link;
  private final SocketInput source;
  private final long limitBytes;
  private long countedFrom;
  private long counted;
  private boolean hasAsked;

  Flow(OutLink link, SocketInput source, LinkLimits limits) {
    this.link = link;
    this.source = source;
    this.limitBytes = limits.flowBytes();
  }

  OutLink link() {
    return link;
  }

  SocketInput source() {
    return source;
  }

  /** So many bytes joined the link's batch. Says whether the source has to wait. */
  boolean add(int bytes) {
    if (link.hasConsumed(countedFrom)) {
      countedFrom = link.position();
      counted = 0;
      hasAsked = false;
    }
    counted += bytes;
    if (counted > limitBytes / 2 && !hasAsked) {
      // Asked for in time, it comes before the source has to stop.
      hasAsked = true;
      link.askForCredit();
    }
    return counted > limitBytes;
  }
}
