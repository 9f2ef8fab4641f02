package relay.http.socket;

import java.time.Duration;

/**
 * What a dialect allows one socket.
 *
 * @param maxMessageBytes longest message of the peer, fragments together; one more byte closes 1009
 * @param maxQueuedBytes most that may wait for the peer, each message charged its length plus
 *     {@code messageOverheadBytes}; the message being written stays charged
 * @param pausesSenders whether a queue past a quarter of that pauses the reads of those who fill it
 * @param messageTimeout from a message's first header to its end; past it the socket closes 1008
 * @param writeTimeout how long the peer may take no byte while some wait for it
 * @param closeTimeout how long the peer may take to answer a close frame
 */
public record SocketLimits(
    int maxMessageBytes,
    long maxQueuedBytes,
    int messageOverheadBytes,
    boolean pausesSenders,
    Duration messageTimeout,
    Duration writeTimeout,
    Duration closeTimeout) {}
