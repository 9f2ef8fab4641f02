package relay.http.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What one socket has moved: written on its loop, read anywhere. */
final class SocketCounters {
  private static final VarHandle FRAMES_IN = field("framesIn");
  private static final VarHandle BYTES_IN = field("bytesIn");
  private static final VarHandle FRAMES_OUT = field("framesOut");
  private static final VarHandle BYTES_OUT = field("bytesOut");

  private long framesIn;
  private long bytesIn;
  private long framesOut;
  private long bytesOut;

  void received(int bytes) {
    FRAMES_IN.setOpaque(this, framesIn + 1);
    BYTES_IN.setOpaque(this, bytesIn + bytes);
  }

  void sent(int frames, long bytes) {
    FRAMES_OUT.setOpaque(this, framesOut + frames);
    BYTES_OUT.setOpaque(this, bytesOut + bytes);
  }

  long framesIn() {
    return (long) FRAMES_IN.getOpaque(this);
  }

  long bytesIn() {
    return (long) BYTES_IN.getOpaque(this);
  }

  long framesOut() {
    return (long) FRAMES_OUT.getOpaque(this);
  }

  long bytesOut() {
    return (long) BYTES_OUT.getOpaque(this);
  }

  private static VarHandle field(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(SocketCounters.class, name, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
