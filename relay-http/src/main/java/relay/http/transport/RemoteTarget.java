package relay.http.transport;

import relay.http.socket.Target;

/** A socket of another node, at the end of this loop's link there. */
record RemoteTarget(Flow flow, long socket) implements Target {}
