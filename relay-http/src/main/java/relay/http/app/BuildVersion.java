package relay.http.app;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version this build carries in its manifest; {@code dev} where it runs from classes. */
public final class BuildVersion implements IVersionProvider {
  static String current() {
    return Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"relay " + current()};
  }
}
