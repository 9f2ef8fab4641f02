package relay.http.socket.pyrycode;

/** What a binary said of itself in its upgrade request, at bounded length, and its given id. */
record BinaryCaller(String serverId, String connId, String version) {}
