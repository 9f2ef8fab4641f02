package relay.http.signin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was counted of sign-ins, in order and in words. */
final class RecordedSignins implements SigninMeters {
  private final List<String> counted = new CopyOnWriteArrayList<>();

  @Override
  public void started(String provider) {
    counted.add(provider + " started");
  }

  @Override
  public void succeeded(String provider) {
    counted.add(provider + " succeeded");
  }

  @Override
  public void failed(String provider, Failure why) {
    counted.add(provider + " failed: " + why);
  }

  List<String> counted() {
    return List.copyOf(counted);
  }
}
