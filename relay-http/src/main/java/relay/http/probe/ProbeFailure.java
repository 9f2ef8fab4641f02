package relay.http.probe;

/** Why a probe's step did not succeed, in words for the operator. */
final class ProbeFailure extends Exception {
  private static final long serialVersionUID = 1L;

  ProbeFailure(String why) {
    super(why);
  }
}
