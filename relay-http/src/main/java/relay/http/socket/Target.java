package relay.http.socket;

/** Where a socket's frames go: another socket, on this loop, this node or elsewhere. */
public interface Target {}
