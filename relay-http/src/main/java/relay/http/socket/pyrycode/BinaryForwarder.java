package relay.http.socket.pyrycode;

import java.nio.ByteBuffer;
import relay.core.protocol.pyrycode.EnvelopeReader;
import relay.http.socket.Delivery;
import relay.http.socket.Socket;

/**
 * Brings what a binary says to the phones it names (pyrycode 3.4, 3.5). Whatever cannot be brought
 * is dropped with a warning, and warnings are paced: a binary's mistakes cost the relay no more
 * than its frames do. Confined to the binary's event loop.
 */
final class BinaryForwarder {
  private static final byte[] NOTHING = {};

  private final PyrycodePorts ports;
  private final BinaryCaller caller;
  private final BinaryLog log;
  private final LogPace warnings = new LogPace();
  private final EnvelopeReader reader = new EnvelopeReader();
  private final PhoneTable phones = new PhoneTable();

  BinaryForwarder(PyrycodePorts ports, BinaryCaller caller, BinaryLog log) {
    this.ports = ports;
    this.caller = caller;
    this.log = log;
  }

  PhoneTable phones() {
    return phones;
  }

  /** One message of the binary whose socket that is, in its epoch. */
  void forward(ByteBuffer message, long epoch, Socket from) {
    try {
      envelope(reader.read(message), message, epoch, from);
    } finally {
      reader.forget();
    }
  }

  private void envelope(EnvelopeReader.Result result, ByteBuffer message, long epoch, Socket from) {
    switch (result) {
      case FRAME -> route(Delivery.FRAME, epoch, message, from);
      case CLOSE -> route(Delivery.CLOSE, epoch, message, from);
      case PUSH_WAKE -> {
        int start = reader.pushWakeStart();
        wake(message.slice(start, reader.pushWakeEnd() - start), from);
      }
      case MALFORMED, MISSING_CONN_ID, MISSING_FRAME -> {
        if (mayWarn(from)) {
          log.unreadable(result);
        }
      }
    }
  }

  private void route(Delivery delivery, long epoch, ByteBuffer envelope, Socket from) {
    PhoneTable.Phone phone = phones.addressedBy(reader);
    if (phone == null) {
      if (mayWarn(from)) {
        log.unknownPhone(reader.connId());
      }
      return;
    }
    if (phone.isDismissed()) {
      refused(phone, "phone outbox closed", from);
      return;
    }
    int closeCode = reader.closeCode();
    if (closeCode != 0) {
      phone.dismiss();
    }
    int position = envelope.position();
    int limit = envelope.limit();
    envelope.limit(reader.frameEnd()).position(reader.frameStart());
    boolean isSent =
        from.sendTo(phone.target(), delivery, epoch, NOTHING, envelope, NOTHING, closeCode);
    envelope.limit(limit).position(position);
    if (!isSent) {
      refused(phone, "phone connection is closed", from);
    }
  }

  private void refused(PhoneTable.Phone phone, String why, Socket from) {
    if (mayWarn(from)) {
      log.enqueueFailed(phone.connId(), why);
    }
  }

  private void wake(ByteBuffer pushWake, Socket from) {
    ports
        .pushWakes()
        .wake(caller.serverId(), pushWake)
        .filter(_ -> mayWarn(from))
        .ifPresent(log::wakeDropped);
  }

  private boolean mayWarn(Socket from) {
    return warnings.allows(from.now());
  }
}
