package relay.http.ops;

/** Carries an {@link OpsError} through a future. */
final class OpsFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final OpsError error;

  OpsFailure(OpsError error) {
    super(error.name(), null, false, false);
    this.error = error;
  }

  OpsError error() {
    return error;
  }
}
