package relay.http.push;

/** Sends one wake and waits for what becomes of it. */
interface PushSender extends AutoCloseable {
  PushResult send(String token) throws InterruptedException;

  @Override
  void close();
}
