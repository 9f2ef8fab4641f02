package relay.http.transport;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import relay.core.account.entity.AccountNotice;
import relay.core.room.Role;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Closure;
import relay.http.socket.Delivery;
import relay.http.socket.Socket;
import relay.http.socket.SocketHandler;

/** Sees to it that a handler hears its end once and nothing after it, and harms only itself. */
final class GuardedHandler {
  private final SocketHandler handler;
  private final Consumer<Throwable> fault;
  private volatile boolean isOver;

  GuardedHandler(SocketHandler handler, Consumer<Throwable> fault) {
    this.handler = handler;
    this.fault = fault;
  }

  boolean isOver() {
    return isOver;
  }

  Role role() {
    return handler.role();
  }

  void opened(Socket socket) {
    run(() -> handler.opened(socket));
  }

  void message(ByteBuffer payload) {
    if (!isOver) {
      try {
        handler.message(payload);
      } catch (Throwable e) {
        fault.accept(e);
      }
    }
  }

  void delivered(Delivery delivery, long epoch, ByteBuffer payload, int closeCode) {
    if (!isOver) {
      try {
        handler.delivered(delivery, epoch, payload, closeCode);
      } catch (Throwable e) {
        fault.accept(e);
      }
    }
  }

  void written(int messages) {
    if (!isOver) {
      try {
        handler.written(messages);
      } catch (Throwable e) {
        fault.accept(e);
      }
    }
  }

  void told(RoomNotice notice) {
    run(() -> handler.told(notice));
  }

  void announced(AccountNotice notice) {
    run(() -> handler.announced(notice));
  }

  void nodeLost() {
    run(handler::nodeLost);
  }

  void pong(ByteBuffer payload) {
    run(() -> handler.pong(payload));
  }

  void due(long now) {
    run(() -> handler.due(now));
  }

  /** Something of the handler's own, on its loop. What every frame goes through avoids it. */
  void run(Runnable what) {
    if (!isOver) {
      carryOut(what);
    }
  }

  void closed(Closure closure) {
    if (!isOver) {
      isOver = true;
      carryOut(() -> handler.closed(closure));
    }
  }

  private void carryOut(Runnable what) {
    try {
      what.run();
    } catch (Throwable e) {
      fault.accept(e);
    }
  }
}
