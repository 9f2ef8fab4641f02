package relay.http.parity;

import relay.http.testing.TestPeer;

/** A phone that has its slot, and the id under which its binary knows it. */
record Phone(TestPeer peer, String connId) {

  /** Its frame as the binary gets it, and a frame for it as the binary sends it. */
  String envelope(String frame) {
    return "{\"conn_id\":\"" + connId + "\",\"frame\":" + frame + "}";
  }

  /** What the binary sends to have it closed behind a last frame. */
  String directive(String frame, int code) {
    return "{\"conn_id\":\"" + connId + "\",\"frame\":" + frame + ",\"close_code\":" + code + "}";
  }

  /** What the binary sends to have it closed. */
  String directive(int code) {
    return directive("null", code);
  }

  /** What the binary is told when it has gone. */
  String closeNotice(int code) {
    return "{\"conn_id\":\"" + connId + "\",\"close_code\":" + code + "}";
  }
}
