package relay.http.transport;

import io.netty.handler.ssl.SslContext;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import relay.core.settings.HttpSettings;

/**
 * What all connections of one listener share.
 *
 * @param tls null serves plain HTTP
 * @param route evaluated on event loops, so it never blocks
 */
record ListenerContext(
    HttpSettings settings,
    @Nullable SslContext tls,
    Function<HttpRequest, CompletionStage<HttpResponse>> route,
    SocketPhase sockets,
    ListenerMeters meters,
    OpenChannels open,
    DateHeader date) {}
