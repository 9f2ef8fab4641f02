package relay.http.signin;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import relay.core.account.AccountId;
import relay.core.settings.SigninSettings;
import relay.http.access.AccountDesk;
import relay.http.throttle.RequestLimits;

/**
 * What sign-in needs of its node.
 *
 * @param welcome gives an account its welcome bonus, unless it has had it
 */
public record SigninPorts(
    SigninSettings settings,
    Providers providers,
    OneTimeCodes codes,
    AccountDesk accounts,
    Function<AccountId, CompletionStage<?>> welcome,
    RequestLimits limits,
    SigninMeters meters,
    SecureRandom random,
    InstantSource clock) {}
