package relay.http.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import relay.http.signin.SigninFailure.Kind;

/** What sign-in says to a person. */
final class Pages {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Pages() {}

  /** No provider is configured, so that accounts come from the operator. */
  static HttpResponse withoutProviders() {
    return Page.of(
        200,
        "No browser sign-in here",
        """
        <p>This relay has no sign-in provider. Its operator makes accounts on the machine it runs on:</p>
        <p><code>relay account add --email you@example.org</code></p>
        <p>and gives you the API key it prints. On the Mac, sign in with</p>
        <p><code>termonmac auth login --token &lt;key&gt;</code></p>
        """);
  }

  static HttpResponse choice(Collection<Provider> providers, ReturnAddress back, boolean prompt) {
    String choices =
        providers.stream()
            .map(
                it ->
                    "<a class=\"choice\" href=\"?%s\">Continue with %s</a>\n"
                        .formatted(
                            Page.text(query(back, prompt) + "&provider=" + it.id()),
                            Page.text(it.title())))
            .collect(Collectors.joining());
    return Page.of(200, "Sign in", "<p>How would you like to sign in?</p>\n" + choices);
  }

  /** The link that brought the browser here lacks something. */
  static HttpResponse incomplete() {
    return Page.of(
        400,
        "This link is not complete",
        "<p>Start the sign-in again from the Mac, which opens this page with all it needs.</p>\n");
  }

  /** The answer belongs to no sign-in of this browser. */
  static HttpResponse unknownAttempt() {
    return Page.of(
        400,
        "This sign-in cannot be finished",
        """
        <p>It was begun in another browser, or too long ago, or this browser keeps no cookies.</p>
        <p>Start it again from the Mac.</p>
        """);
  }

  static HttpResponse failed(Kind kind, String again) {
    String retry = "<a class=\"choice\" href=\"%s\">Try again</a>\n".formatted(Page.text(again));
    return switch (kind) {
      case DENIED ->
          Page.of(403, "Not signed in", "<p>You declined at the provider.</p>\n" + retry);
      case REJECTED ->
          Page.of(
              403, "Not signed in", "<p>The provider did not confirm who you are.</p>\n" + retry);
      case UNAVAILABLE ->
          Page.of(
              502, "Not signed in", "<p>The provider cannot be reached just now.</p>\n" + retry);
      case BUSY -> Page.of(503, "One moment", "<p>Many people sign in just now.</p>\n" + retry);
    };
  }

  /** A fault of ours, such as a database that is away. */
  static HttpResponse unavailable() {
    return Page.of(
        503, "The relay cannot answer just now", "<p>Try again in a minute, from the Mac.</p>\n");
  }

  static HttpResponse tooOften(Duration retryAfter) {
    long seconds = retryAfter.toSeconds() + 1;
    return Page.of(429, "Too many sign-ins", "<p>Try again in %d seconds.</p>\n".formatted(seconds))
        .addHeader(RawHeader.create("Retry-After", Long.toString(seconds)));
  }

  /** The person has signed in to an account that is about to be erased (TermOnMac 7.7). */
  static HttpResponse pendingDeletion(
      Instant erasedAfter, String action, ReturnAddress back, String code) {
    return Page.of(
        200,
        "This account is being deleted",
        """
        <p>You asked for its deletion. Everything about it is erased after %s, and the Mac cannot
        connect until then.</p>
        <form method="post" action="%s">
        <input type="hidden" name="code" value="%s">
        <input type="hidden" name="port" value="%d">
        <input type="hidden" name="state" value="%s">
        <button type="submit">Keep my account and sign in</button>
        </form>
        <p>To let it go, just close this page.</p>
        """
            .formatted(
                DAY.format(erasedAfter),
                Page.text(action),
                Page.text(code),
                back.port(),
                Page.text(back.state())));
  }

  /** What the person would have kept is gone, or the page was open for too long. */
  static HttpResponse notKept() {
    return Page.of(
        410,
        "The account was not kept",
        "<p>This page was open for too long, or the account is gone already. Start again from"
            + " the Mac.</p>\n");
  }

  static String query(ReturnAddress back, boolean prompt) {
    return "port=" + back.port() + "&state=" + back.state() + (prompt ? "&reauth=1" : "");
  }
}
