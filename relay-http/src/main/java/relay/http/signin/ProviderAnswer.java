package relay.http.signin;

import java.util.Map;
import java.util.Optional;
import relay.http.signin.SigninFailure.Kind;

/** The parameters with which a provider sends a browser back; whoever sent them may be lying. */
record ProviderAnswer(Map<String, String> parameters) {
  private static final String DENIED = "access_denied";

  /** Apple's word for it. */
  private static final String CANCELLED = "user_cancelled_authorize";

  ProviderAnswer {
    parameters = Map.copyOf(parameters);
  }

  String state() {
    return parameters.getOrDefault("state", "");
  }

  /** The authorization code. */
  String code() throws SigninFailure {
    String error = parameters.get("error");
    if (DENIED.equals(error) || CANCELLED.equals(error)) {
      throw new SigninFailure(Kind.DENIED, "the person declined");
    }
    if (error != null) {
      throw new SigninFailure(Kind.REJECTED, "the provider reported an error");
    }
    String code = parameters.getOrDefault("code", "");
    if (code.isEmpty()) {
      throw new SigninFailure(Kind.REJECTED, "neither code nor error");
    }
    return code;
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** The code in it is a credential. */
  @Override
  public String toString() {
    return "ProviderAnswer" + parameters.keySet();
  }
}
