package relay.http.bench.load;

/** What a {@link Connection} tells the side that it belongs to. */
interface Peer {

  /** The relay has answered 101. */
  void opened();

  /** One whole message, valid during the call only. */
  void message(byte[] bytes, int from, int to);

  /** The connection is over; 1006 where no close frame came. */
  void closed(int code);
}
