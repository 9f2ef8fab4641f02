package relay.http.socket.pyrycode;

/** What a binary said of itself in its upgrade request, and the id it was given. */
record BinaryCaller(String serverId, String connId, String version) {}
