package relay.http.socket.pyrycode;

import java.util.random.RandomGenerator;
import relay.core.room.entity.Rooms;
import relay.core.settings.PyrycodeSettings;
import relay.http.push.PushWakes;

/**
 * What the dialect's sockets need of the node they live on.
 *
 * @param random makes connection ids too, so it must not be predictable
 */
public record PyrycodePorts(
    Rooms rooms,
    PushWakes pushWakes,
    PyrycodeSettings settings,
    PyrycodeMeters meters,
    ConnectedSockets connected,
    RandomGenerator random) {}
