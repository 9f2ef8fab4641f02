package relay.persistence.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that can be made to wait, or to fail once, and are counted. */
final class HeldConnections implements GroupCommit.Connections {
  private final GroupCommit.Connections connections;
  private final AtomicInteger taken = new AtomicInteger();
  private final CountDownLatch held = new CountDownLatch(1);
  private volatile CountDownLatch released = new CountDownLatch(0);
  private volatile boolean isToFail;

  HeldConnections(GroupCommit.Connections connections) {
    this.connections = connections;
  }

  void hold() {
    released = new CountDownLatch(1);
  }

  void awaitHeld() throws InterruptedException {
    held.await();
  }

  void release() {
    released.countDown();
  }

  void failOnce() {
    isToFail = true;
  }

  int taken() {
    return taken.get();
  }

  @Override
  public Connection take() throws SQLException {
    taken.incrementAndGet();
    held.countDown();
    try {
      released.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    if (isToFail) {
      isToFail = false;
      throw new SQLTransientConnectionException("the database cannot be reached");
    }
    return connections.take();
  }
}
