package relay.http.socket.termonmac;

import java.util.random.RandomGenerator;
import relay.core.room.entity.Rooms;
import relay.core.settings.TermonmacSettings;
import relay.http.access.SignInCheck;
import relay.http.throttle.RequestLimits;

/**
 * What the dialect's sockets need of the node they live on.
 *
 * @param random makes connection ids, which nobody has to guess
 */
public record TermonmacPorts(
    Rooms rooms,
    Allowance allowance,
    SignInCheck signIns,
    Emails emails,
    RequestLimits limits,
    TermonmacSettings settings,
    CreditTerms credits,
    TermonmacMeters meters,
    RandomGenerator random) {}
