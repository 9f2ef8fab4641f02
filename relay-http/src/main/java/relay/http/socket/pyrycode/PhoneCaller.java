package relay.http.socket.pyrycode;

/**
 * What a phone said of itself in its upgrade request, at bounded length, and the id it was given.
 */
record PhoneCaller(String serverId, String connId, String deviceName) {}
