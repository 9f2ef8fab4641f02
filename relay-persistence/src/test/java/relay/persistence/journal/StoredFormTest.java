package relay.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.account.AccountEvent;
import relay.core.account.AccountId;
import relay.core.account.FamilyEnd;
import relay.core.protocol.Keys;
import relay.core.room.CloseCause;
import relay.core.room.Pairing;
import relay.core.room.Registered;
import relay.core.room.RegistrationEvent;
import relay.core.room.Rejections;
import relay.core.room.RoomEvent;
import relay.core.room.RoomSnapshot;
import relay.core.room.SecretHash;
import relay.core.room.Slot;
import relay.core.room.SocketAddress;

/** The golden files are what databases hold: they are added to, never edited and never deleted. */
class StoredFormTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EDGE = "pekko://relay@10.0.0.7:7355/user/edge#-1385022";
  private static final SocketAddress BINARY = new SocketAddress(EDGE, 7);
  private static final SocketAddress PHONE = new SocketAddress(EDGE, 9_007_199_254_740_993L);
  private static final Instant AT = Instant.parse("2026-11-21T08:30:00.123456789Z");
  private static final Instant LATER = Instant.parse("2026-11-21T08:30:30Z");
  private static final String AGENT = "server-büro-9f86d081";
  private static final String CLIENT = "client-büro-7c4a8d09";

  private static final AccountId OWNER = new AccountId("0123456789abcdef0123456789abcdef");
  private static final String MAC_KEY = "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw=";
  private static final String PHONE_KEY = "WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns=";
  private static final Keys MAC_KEYS =
      new Keys(MAC_KEY, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", PHONE_KEY);
  private static final Keys PHONE_KEYS = new Keys(PHONE_KEY, "", "");
  private static final SecretHash SECRET = SecretHash.ofSent("s0");
  private static final Pairing PAIRING = new Pairing(SecretHash.ofSent("t0"), 1_795_249_800, true);

  /** Golden file, without its ending, and what it means. A name is a manifest and a case of it. */
  private static final Map<String, Object> GOLDEN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "room.agent-attached.1", new RoomEvent.AgentAttached(12, BINARY, AGENT, AT)),
              Map.entry(
                  "room.agent-detached.1",
                  new RoomEvent.AgentDetached(
                      BINARY, AGENT, CloseCause.PEER_CLOSED, 1001, LATER, AT)),
              Map.entry(
                  "room.agent-detached.1-followed",
                  new RoomEvent.AgentDetached(
                      BINARY, AGENT, CloseCause.TAKEN_OVER, 1011, null, AT)),
              Map.entry("room.grace-expired.1", new RoomEvent.GraceExpired(12, AT)),
              Map.entry(
                  "room.phone-attached.1", new RoomEvent.PhoneAttached(12, PHONE, CLIENT, AT)),
              Map.entry(
                  "room.phone-detached.1",
                  new RoomEvent.PhoneDetached(PHONE, CLIENT, CloseCause.PEER_DROPPED, 0, AT)),
              Map.entry("room.forgotten.1", new RoomEvent.RoomForgotten(AT)),
              Map.entry(
                  "room.agent-attached.1-keys",
                  new RoomEvent.AgentAttached(12, BINARY, "mac-1", MAC_KEYS, AT)),
              Map.entry(
                  "room.phone-attached.1-keys",
                  new RoomEvent.PhoneAttached(13, PHONE, "ios-1", PHONE_KEYS, AT)),
              Map.entry(
                  "room.registered.1",
                  new RegistrationEvent.RoomRegistered(OWNER, SECRET, MAC_KEY, AT)),
              Map.entry(
                  "room.secret-rotated.1",
                  new RegistrationEvent.SecretRotated(SecretHash.ofSent("s1"), AT)),
              Map.entry(
                  "room.agent-key-replaced.1", new RegistrationEvent.AgentKeyReplaced(MAC_KEY, AT)),
              Map.entry(
                  "room.pairing-offered.1",
                  new RegistrationEvent.PairingOffered(PAIRING.token(), PAIRING.expiresAt(), AT)),
              Map.entry("room.pairing-withdrawn.1", new RegistrationEvent.PairingWithdrawn(AT)),
              Map.entry("room.pairing-used.1", new RegistrationEvent.PairingUsed(AT)),
              Map.entry(
                  "room.snapshot.1-registered",
                  new RoomSnapshot(
                      13,
                      new Slot(BINARY, "mac-1", AT, 12, MAC_KEYS),
                      null,
                      List.of(new Slot(PHONE, "ios-1", LATER, 13, PHONE_KEYS)),
                      new Registered(OWNER, SECRET, MAC_KEY, PAIRING, Rejections.NONE, AT))),
              Map.entry(
                  "room.snapshot.1-unpaired",
                  new RoomSnapshot(
                      13,
                      null,
                      null,
                      List.of(),
                      new Registered(OWNER, SECRET, MAC_KEY, null, Rejections.NONE, AT))),
              Map.entry(
                  "room.snapshot.1",
                  new RoomSnapshot(
                      12,
                      new Slot(BINARY, AGENT, AT, 12),
                      null,
                      List.of(new Slot(PHONE, CLIENT, LATER, 12)))),
              Map.entry("room.snapshot.1-away", new RoomSnapshot(12, null, LATER, List.of())),
              Map.entry("room.snapshot.1-vacant", new RoomSnapshot(0, null, null, List.of()))));

  static {
    GOLDEN.putAll(AccountGoldens.ALL);
    GOLDEN.putAll(SubscriptionGoldens.ALL);
  }

  static Set<String> goldenFiles() {
    return GOLDEN.keySet();
  }

  @Test
  void everyGoldenFileIsThereAndEveryOneIsTested() {
    assertThat(filesIn("/journal")).containsExactlyInAnyOrderElementsOf(GOLDEN.keySet());
  }

  @Test
  void everyManifestHasAGoldenFile() {
    assertThat(GOLDEN.keySet().stream().map(StoredFormTest::manifestOf).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(StoredForm.manifests());
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void whatIsStoredIsStillRead(String file) throws IOException {
    assertThat(StoredForm.read(manifestOf(file), golden(file))).isEqualTo(GOLDEN.get(file));
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void whatIsWrittenIsStillTheSame(String file) throws IOException {
    Object stored = requireNonNull(GOLDEN.get(file));

    assertThat(StoredForm.manifest(stored)).isEqualTo(manifestOf(file));
    assertThat(JSON.readTree(StoredForm.write(stored))).isEqualTo(JSON.readTree(golden(file)));
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void aFieldOfALaterVersionIsIgnored(String file) throws IOException {
    byte[] later =
        new String(golden(file), UTF_8).replaceFirst("\\{", "{\"later\":[1],").getBytes(UTF_8);

    assertThat(StoredForm.read(manifestOf(file), later)).isEqualTo(GOLDEN.get(file));
  }

  @Test
  void everyCauseEverWrittenIsStillRead() throws IOException {
    String left = new String(golden("room.phone-detached.1"), UTF_8);
    for (String cause : lines("/journal-causes.txt")) {
      byte[] stored = left.replace("peer_dropped", cause).getBytes(UTF_8);
      assertThat(StoredForm.read("room.phone-detached/1", stored))
          .isInstanceOfSatisfying(
              RoomEvent.PhoneDetached.class,
              it -> assertThat(it.cause().name()).isEqualTo(cause.toUpperCase(Locale.ROOT)));
    }
  }

  @Test
  void everyCauseThatCanBeWrittenIsListed() {
    assertThat(lines("/journal-causes.txt"))
        .containsAll(
            Arrays.stream(CloseCause.values())
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void everyEndOfAFamilyEverWrittenIsStillRead() throws IOException {
    String ended = new String(golden("account.family-ended.1"), UTF_8);
    List<String> causes = lines("/journal-family-ends.txt");
    for (String cause : causes) {
      byte[] stored = ended.replace("reused", cause).getBytes(UTF_8);
      assertThat(StoredForm.read("account.family-ended/1", stored))
          .isInstanceOfSatisfying(
              AccountEvent.FamilyEnded.class,
              it -> assertThat(it.cause().name()).isEqualTo(cause.toUpperCase(Locale.ROOT)));
    }
    assertThat(causes)
        .containsAll(
            Arrays.stream(FamilyEnd.values())
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void anUnknownManifestIsNamedTogetherWithTheKnownOnes() {
    assertThatThrownBy(() -> StoredForm.read("room.agent-attached/2", new byte[0]))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("'room.agent-attached/2'")
        .hasMessageContaining("room.agent-attached/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "[]",
        "{}",
        "{\"at\":\"secret\",\"epoch\":1}",
        "{\"at\":\"2026-11-21T08:30:00Z\",\"epoch\":1.5}",
        "{\"at\":\"2026-11-21T08:30:00Z\",\"epoch\":18446744073709551616}",
        "{\"at\":\"2026-11-21T08:30:00Z\",\"epoch\":\"secret\"}"
      })
  void whatIsNotReadableIsRefusedWithoutShowingIt(String payload) {
    assertThatThrownBy(() -> StoredForm.read("room.grace-expired/1", payload.getBytes(UTF_8)))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("room.grace-expired/1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void anythingElseHasNoStoredForm() {
    assertThatIllegalArgumentException().isThrownBy(() -> StoredForm.manifest("text"));
    assertThatIllegalArgumentException().isThrownBy(() -> StoredForm.write("text"));
  }

  private static String manifestOf(String file) {
    return file.replaceFirst("\\.(\\d+)(-.*)?$", "/$1");
  }

  private static byte[] golden(String file) {
    try {
      return Files.readAllBytes(resource("/journal/" + file + ".json"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> filesIn(String directory) {
    try (Stream<Path> files = Files.list(resource(directory))) {
      return files.map(it -> it.getFileName().toString().replaceFirst("\\.json$", "")).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(resource(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path resource(String name) {
    try {
      return Path.of(StoredFormTest.class.getResource(name).toURI());
    } catch (URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
