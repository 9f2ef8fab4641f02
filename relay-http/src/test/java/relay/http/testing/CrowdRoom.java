package relay.http.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A binary and its phones within a {@link Crowd}. A phone that is turned away because its binary is
 * not back yet comes again; each says something, and the binary answers what it hears.
 */
public final class CrowdRoom {
  private static final int MAX_ATTEMPTS = 100;
  private static final int NO_ANSWER_IN_TIME = 1011;

  private final Crowd crowd;
  private final int port;
  private final String serverId;
  private final List<Phone> phones = new ArrayList<>();
  private @Nullable CrowdMember binary;
  private int heard;

  public CrowdRoom(Crowd crowd, int port, String serverId, int phones) {
    this.crowd = crowd;
    this.port = port;
    this.serverId = serverId;
    for (int i = 0; i < phones; i++) {
      this.phones.add(new Phone("{\"phone\":" + i + "}"));
    }
  }

  private static final class Phone {
    private final String greeting;
    private @Nullable CrowdMember member;
    private boolean hasSpoken;
    private int attempts;

    Phone(String greeting) {
      this.greeting = greeting;
    }

    boolean isAnswered() {
      return member != null && member.texts().contains(greeting);
    }
  }

  public String serverId() {
    return serverId;
  }

  public void joinBinary() throws IOException {
    binary = crowd.join(TestPeer.dialBinary(port, serverId));
  }

  public void joinPhones() throws IOException {
    for (Phone phone : phones) {
      join(phone);
    }
  }

  private void join(Phone phone) throws IOException {
    if (++phone.attempts > MAX_ATTEMPTS) {
      throw new AssertionError("a phone of " + serverId + " was turned away too often");
    }
    phone.hasSpoken = false;
    phone.member = crowd.join(TestPeer.dialPhone(port, serverId));
  }

  /** Everything the binary heard. */
  public List<String> envelopes() {
    return binary == null ? List.of() : binary.texts();
  }

  /** Does what its peers would do now, and says whether every phone has been answered. */
  public boolean isSettled() throws IOException {
    if (binary == null || binary.status() == 0) {
      return false;
    }
    if (binary.closeCode() == NO_ANSWER_IN_TIME) {
      joinBinary();
      heard = 0;
      return false;
    }
    if (!binary.isIn()) {
      throw new AssertionError(
          "the binary of %s was answered %d, then closed %d"
              .formatted(serverId, binary.status(), binary.closeCode()));
    }
    for (; heard < binary.texts().size(); heard++) {
      String envelope = binary.texts().get(heard);
      if (envelope.contains("\"frame\":")) {
        binary.sendText(envelope);
      }
    }
    boolean isSettled = true;
    for (Phone phone : phones) {
      isSettled &= isSettled(phone);
    }
    return isSettled;
  }

  /** Whether the relay has let the binary in. */
  public boolean hasBinary() {
    return binary != null && binary.isIn();
  }

  private boolean isSettled(Phone phone) throws IOException {
    CrowdMember member = phone.member;
    if (member == null || phone.isAnswered()) {
      return member != null;
    }
    if (member.hasEnded()) {
      join(phone);
    } else if (member.isIn() && !phone.hasSpoken) {
      phone.hasSpoken = true;
      member.sendText(phone.greeting);
    }
    return false;
  }
}
