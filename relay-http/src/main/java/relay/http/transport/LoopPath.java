package relay.http.transport;

/** The way from one loop of this node to another, and back. */
final class LoopPath extends ReturnPath implements OutLink.Carrier {
  private final LinkLimits limits;
  private final EdgeLoop from;
  private final EdgeLoop to;

  LoopPath(LinkLimits limits, EdgeLoop from, EdgeLoop to) {
    super(limits);
    this.limits = limits;
    this.from = from;
    this.to = to;
  }

  @Override
  public void carry(long sequence, boolean wantsCredit, byte[] records) {
    long charge = limits.charge(records.length);
    arriving(charge, wantsCredit);
    to.post(
        () -> {
          try {
            to.arrived(records, 0, records.length, this);
          } finally {
            consumed(charge);
          }
        });
  }

  @Override
  boolean leadsTo(String edge) {
    return false;
  }

  @Override
  void credit(long consumedBytes) {
    from.post(() -> from.linkTo(to).credit(consumedBytes));
  }

  @Override
  void congested(long socket, boolean isCongested) {
    from.post(() -> from.linkTo(to).congested(socket, isCongested));
  }
}
