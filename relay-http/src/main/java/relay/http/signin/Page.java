package relay.http.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * HTML for the person in front of the browser: one style sheet, no script, nothing from elsewhere.
 */
final class Page {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; display: grid; min-height: 100vh;
        place-items: center; background: light-dark(#f4f5f7, #16181d); }
      main { box-sizing: border-box; width: min(30rem, 92vw); padding: 2rem; border-radius: 12px;
        background: light-dark(#fff, #22252c); box-shadow: 0 2px 16px rgb(0 0 0 / 12%); }
      h1 { font-size: 1.35rem; margin: 0 0 .75rem; }
      p { margin: .75rem 0; }
      code { font-size: .9em; overflow-wrap: anywhere; padding: .1em .3em; border-radius: 4px;
        background: light-dark(#eceef1, #2f333c); }
      a.choice, button { display: block; box-sizing: border-box; width: 100%; margin: .6rem 0;
        padding: .7rem; border: 1px solid light-dark(#c9cdd4, #474c58); border-radius: 8px;
        font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
        color: inherit; background: transparent; }
      a.choice:hover, button:hover, a.choice:focus, button:focus {
        background: light-dark(#eef1f5, #2f333c); }
      """;

  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          // A form's answer sends the browser on to the command line on its own machine.
          + "'; form-action 'self' http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'";

  static final List<HttpHeader> HEADERS =
      List.of(
          RawHeader.create("Cache-Control", "no-store"),
          RawHeader.create("Content-Security-Policy", POLICY),
          RawHeader.create("Referrer-Policy", "no-referrer"),
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("X-Frame-Options", "DENY"));

  private static final String DOCUMENT =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>%2$s</style>
      </head>
      <body>
      <main>
      <h1>%1$s</h1>
      %3$s</main>
      </body>
      </html>
      """;

  private Page() {}

  /**
   * @param title text
   * @param body HTML, in which everything from elsewhere went through {@link #text}
   */
  static HttpResponse of(int status, String title, String body) {
    String html = DOCUMENT.formatted(text(title), STYLE, body);
    return HttpResponse.create()
        .withStatus(status)
        .withHeaders(HEADERS)
        .withEntity(
            HttpEntities.create(
                ContentTypes.TEXT_HTML_UTF8, html.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends the browser on; by 303, so that a form's answer is fetched and not sent again. */
  static HttpResponse redirect(String address) {
    return HttpResponse.create()
        .withStatus(303)
        .withHeaders(HEADERS)
        .addHeader(RawHeader.create("Location", address));
  }

  /** Text that means nothing to a browser, in content and in quoted attributes. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
