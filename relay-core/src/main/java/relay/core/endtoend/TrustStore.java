package relay.core.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The phones a Mac knows, in the order they were paired. */
public record TrustStore(List<TrustedDevice> devices) {
  /** A Mac pairs no more than these (TermOnMac 10.5). */
  public static final int MAX_DEVICES = 32;

  public TrustStore {
    devices = List.copyOf(devices);
    if (devices.size() > MAX_DEVICES) {
      throw new IllegalArgumentException(devices.size() + " devices; at most " + MAX_DEVICES);
    }
  }

  public static TrustStore empty() {
    return new TrustStore(List.of());
  }

  public Optional<TrustedDevice> find(String publicKey) {
    return devices.stream().filter(device -> device.publicKey().equals(publicKey)).findFirst();
  }

  public boolean isFull() {
    return devices.size() == MAX_DEVICES;
  }

  /** With that device, in place of what was known of it. */
  public TrustStore with(TrustedDevice device) {
    List<TrustedDevice> all = new ArrayList<>(without(device.publicKey()).devices);
    all.add(device);
    return new TrustStore(all);
  }

  public TrustStore without(String publicKey) {
    return new TrustStore(
        devices.stream().filter(device -> !device.publicKey().equals(publicKey)).toList());
  }
}
