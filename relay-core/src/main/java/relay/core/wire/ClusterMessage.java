package relay.core.wire;

/** Marks every message that may cross nodes; bound to Jackson CBOR in {@code reference.conf}. */
public interface ClusterMessage {}
