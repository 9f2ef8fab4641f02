package relay.http.bench.load;

/**
 * What one side has heard of another: the place that comes next. A place that is skipped is not
 * spoken of here, since what is lost is counted once by what never arrives.
 */
final class Heard {
  private long next = Stage.HELLO;

  boolean isNothing() {
    return next == Stage.HELLO;
  }

  /** What is wrong with the next message, or an empty text. */
  String fault(Message message, byte[] in, int from, int to) {
    String fault = message.fault(in, from, to);
    if (!fault.isEmpty()) {
      next++;
      return fault;
    }
    long place = Message.place(in, from);
    if (place < next) {
      return "order";
    }
    next = place + 1;
    return "";
  }
}
