package relay.core.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose word about a person's identity counts. A provider without client id is off.
 *
 * @param others further OpenID Connect issuers of a configuration file, by the name they have in
 *     the callback's path
 */
public record ProviderSettings(
    Github github, OpenId google, Apple apple, OpenId oidc, Map<String, OpenId> others) {
  private static final Set<String> NAMED = Set.of("github", "google", "apple", "oidc");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern ADDRESS =
      Pattern.compile("https://[^?#@]+|http://(127\\.0\\.0\\.1|localhost)(:\\d+)?(/[^?#@]*)?");

  /** GitHub, or a GitHub Enterprise server; it speaks OAuth 2.0 and no OpenID Connect. */
  public record Github(
      @Nullable String clientId, @Nullable String clientSecret, String address, String api) {

    private static Github from(Section section) {
      Github github =
          new Github(
              section.optionalText("client-id").orElse(null),
              section.optionalText("client-secret").orElse(null),
              section.text("address"),
              section.text("api"));
      complete(section, "client-secret", github.clientId, github.clientSecret);
      return github;
    }

    public boolean isOn() {
      return clientId != null;
    }

    @Override
    public String toString() {
      return "Github[clientId=" + clientId + ", address=" + address + ", api=" + api + "]";
    }
  }

  /**
   * An OpenID Connect issuer.
   *
   * @param issuer exactly as its tokens name it
   */
  public record OpenId(
      String name,
      @Nullable String issuer,
      @Nullable String clientId,
      @Nullable String clientSecret) {

    private static OpenId from(Section section) {
      OpenId openId =
          new OpenId(
              section.optionalText("name").orElse("OpenID Connect"),
              section.optionalText("issuer").orElse(null),
              section.optionalText("client-id").orElse(null),
              section.optionalText("client-secret").orElse(null));
      complete(section, "issuer", openId.clientId, openId.issuer);
      complete(section, "client-secret", openId.clientId, openId.clientSecret);
      address(section, "issuer", openId.issuer);
      return openId;
    }

    public boolean isOn() {
      return clientId != null;
    }

    @Override
    public String toString() {
      return "OpenId[name=" + name + ", issuer=" + issuer + ", clientId=" + clientId + "]";
    }
  }

  /**
   * Sign in with Apple, whose client secret is a token that is signed here.
   *
   * @param clientId the services id
   * @param privateKey the PKCS#8 key of the {@code .p8} file, which is a secret
   */
  public record Apple(
      @Nullable String clientId,
      @Nullable String teamId,
      @Nullable String keyId,
      @Nullable String privateKey,
      String issuer) {

    private static Apple from(Section section) {
      Apple apple =
          new Apple(
              section.optionalText("client-id").orElse(null),
              section.optionalText("team-id").orElse(null),
              section.optionalText("key-id").orElse(null),
              section.optionalText("private-key").orElse(null),
              section.text("issuer"));
      complete(section, "team-id", apple.clientId, apple.teamId);
      complete(section, "key-id", apple.clientId, apple.keyId);
      complete(section, "private-key", apple.clientId, apple.privateKey);
      address(section, "issuer", apple.issuer);
      return apple;
    }

    public boolean isOn() {
      return clientId != null;
    }

    @Override
    public String toString() {
      return "Apple[clientId=" + clientId + ", teamId=" + teamId + ", keyId=" + keyId + "]";
    }
  }

  public ProviderSettings {
    others = Map.copyOf(others);
  }

  /** The names of those that are on. */
  public Set<String> configured() {
    Set<String> names = new TreeSet<>();
    others.forEach((name, issuer) -> addIf(issuer.isOn(), name, names));
    addIf(apple.isOn(), "apple", names);
    addIf(google.isOn(), "google", names);
    addIf(github.isOn(), "github", names);
    addIf(oidc.isOn(), "oidc", names);
    return names;
  }

  private static void addIf(boolean isOn, String name, Set<String> names) {
    if (isOn) {
      names.add(name);
    }
  }

  static ProviderSettings from(Section section) {
    Map<String, OpenId> others = new LinkedHashMap<>();
    for (String name : new TreeSet<>(section.names())) {
      if (!NAMED.contains(name)) {
        others.put(name, other(section, name));
      }
    }
    Section github = section.section("github");
    address(github, "address", github.text("address"));
    address(github, "api", github.text("api"));
    return new ProviderSettings(
        Github.from(github),
        OpenId.from(section.section("google")),
        Apple.from(section.section("apple")),
        OpenId.from(section.section("oidc")),
        others);
  }

  private static OpenId other(Section section, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidSetting(
          section.full(name), name, "a name of lower-case letters, digits and hyphens");
    }
    return OpenId.from(section.section(name));
  }

  private static void complete(
      Section section, String key, @Nullable String clientId, @Nullable String other) {
    if (clientId != null && other == null) {
      throw new InvalidSetting(section.full(key), null, "some text, since the client-id is set");
    }
  }

  private static void address(Section section, String key, @Nullable String value) {
    if (value != null && !ADDRESS.matcher(value).matches()) {
      throw new InvalidSetting(
          section.full(key), value, "an https address, or an http one of this machine");
    }
  }
}
