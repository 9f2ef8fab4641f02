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
    try {
      handler.opened(socket);
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  void message(ByteBuffer payload) {
    if (isOver) {
      return;
    }
    try {
      handler.message(payload);
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  void delivered(Delivery delivery, long epoch, ByteBuffer payload, int closeCode) {
    if (isOver) {
      return;
    }
    try {
      handler.delivered(delivery, epoch, payload, closeCode);
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  void told(RoomNotice notice) {
    if (isOver) {
      return;
    }
    try {
      handler.told(notice);
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  void announced(AccountNotice notice) {
    if (isOver) {
      return;
    }
    try {
      handler.announced(notice);
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  void nodeLost() {
    if (isOver) {
      return;
    }
    try {
      handler.nodeLost();
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  /** Something of the handler's own, on its loop. */
  void run(Runnable what) {
    if (isOver) {
      return;
    }
    try {
      what.run();
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  void pong(ByteBuffer payload) {
    if (isOver) {
      return;
    }
    try {
      handler.pong(payload);
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  void written(int messages) {
    if (isOver) {
      return;
    }
    try {
      handler.written(messages);
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  void due(long now) {
    if (isOver) {
      return;
    }
    try {
      handler.due(now);
    } catch (Throwable e) {
      fault.accept(e);
    }
  }

  void closed(Closure closure) {
    if (isOver) {
      return;
    }
    isOver = true;
    try {
      handler.closed(closure);
    } catch (Throwable e) {
      fault.accept(e);
    }
  }
}
