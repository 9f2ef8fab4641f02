package relay.http.push;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Answers every send alike, at once or when it is told to. */
final class ScriptedSender implements PushSender {
  private final PushResult result;
  private final CountDownLatch mayAnswer;
  private final Semaphore begun = new Semaphore(0);

  final List<String> tokens = new CopyOnWriteArrayList<>();
  volatile boolean closed;

  private ScriptedSender(PushResult result, int waits) {
    this.result = result;
    mayAnswer = new CountDownLatch(waits);
  }

  static ScriptedSender answering(PushResult result) {
    return new ScriptedSender(result, 0);
  }

  static ScriptedSender waiting() {
    return new ScriptedSender(new PushResult.Sent(null), 1);
  }

  @Override
  public PushResult send(String token) throws InterruptedException {
    tokens.add(token);
    begun.release();
    mayAnswer.await();
    return result;
  }

  void answerAll() {
    mayAnswer.countDown();
  }

  void awaitBegun(int sends) throws InterruptedException {
    begun.acquire(sends);
  }

  @Override
  public void close() {
    closed = true;
  }
}
