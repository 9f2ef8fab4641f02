package relay.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.jackson.JacksonCborSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.JoinRequest;
import relay.core.room.PairingOffer;
import relay.core.room.Refusal;
import relay.core.room.Registration;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.room.RoomSnapshot;
import relay.core.room.SecretHash;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomDescription;
import relay.core.room.entity.RoomNotice;
import relay.core.settings.StorageSettings;
import relay.persistence.JournalNode;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** What real rooms write, and what is left of them after their node's end, on every engine. */
abstract class JournalContract {
  private static final RoomKey ROOM = new RoomKey(Dialect.PYRYCODE, "büro/1");
  private static final RoomKey LONG = new RoomKey(Dialect.PYRYCODE, "ж".repeat(32_000));
  private static final AccountId OWNER = new AccountId("0123456789abcdef0123456789abcdef");
  private static final Keys KEYS = new Keys("key", "nonce", "ephemeral");
  private static final PairingOffer PAIRING =
      new PairingOffer(SecretHash.ofSent("t0"), Long.MAX_VALUE);
  private static final int MORE_THAN_A_SNAPSHOT = 60;
  private static final int MORE_THAN_THREE_SNAPSHOTS = 160;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Storage storage;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void migrate() {
    storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
  }

  @Test
  void eventsAreWrittenUnderTheirOwnManifests() throws SQLException {
    try (JournalNode node = JournalNode.start(storage)) {
      ActorRef<RoomCommand> room = node.room(ROOM);
      attachAgent(node, room);
      SocketAddress phone = attachPhone(node, room);
      room.tell(new RoomCommand.Detach(phone, CloseCause.PEER_CLOSED, 1000));
      attachPhone(node, room);
    }

    assertThat(serializers("event_journal", "event_ser_id")).containsOnly("7301");
    assertThat(serializers("event_journal", "event_ser_manifest"))
        .startsWith(
            "room.agent-attached/1",
            "room.phone-attached/1",
            "room.phone-detached/1",
            "room.phone-attached/1");
  }

  @Test
  void aRoomIsRecoveredAfterItsNodesEnd() {
    try (JournalNode node = JournalNode.start(storage)) {
      attachAgent(node, node.room(ROOM));
    }

    try (JournalNode next = JournalNode.start(storage)) {
      ActorRef<RoomCommand> room = next.room(ROOM);
      RoomDescription found = describe(next, room);

      assertThat(found.epoch()).isEqualTo(1);
      assertThat(found.graceUntil()).as("its agent's edge is gone").isAfter(Instant.EPOCH);
      assertThat(attachAgent(next, room).epoch()).isEqualTo(2);
    }
  }

  @Test
  void aRegisteredRoomIsStillItsOwnersAfterItsNodesEndAndItsTokenStaysUsed() {
    RoomKey key = new RoomKey(Dialect.TERMONMAC, "K7X2M9QJ4T");
    try (JournalNode node = JournalNode.start(storage)) {
      ActorRef<RoomCommand> room = node.room(key);
      register(node, room, "s0");
      joinByToken(node, room);
      node.told(RoomNotice.PhoneJoined.class);
    }

    try (JournalNode next = JournalNode.start(storage)) {
      ActorRef<RoomCommand> room = next.room(key);
      assertThat(describe(next, room).owner()).isEqualTo(OWNER);
      joinByToken(next, room);
      assertThat(next.told(RoomNotice.Refused.class).why()).isEqualTo(Refusal.TOKEN_USED);
      assertThat(register(next, room, "s1").epoch()).as("it is known by its key").isEqualTo(3);
    }
  }

  @Test
  void aRoomIsRecoveredFromItsSnapshotOnceItsFirstEventsAreDeleted() throws SQLException {
    try (JournalNode node = JournalNode.start(storage)) {
      ActorRef<RoomCommand> room = node.room(ROOM);
      attachAgent(node, room);
      for (int phone = 0; phone < MORE_THAN_THREE_SNAPSHOTS; phone++) {
        SocketAddress socket = attachPhone(node, room);
        room.tell(new RoomCommand.Detach(socket, CloseCause.PEER_DROPPED, 0));
      }
      attachPhone(node, room);
      node.probe().awaitAssert(PATIENCE, this::assertFirstEventIsDeleted);
    }
    assertThat(serializers("snapshot", "snapshot_ser_id")).containsOnly("7301");
    assertThat(serializers("snapshot", "snapshot_ser_manifest")).containsOnly("room.snapshot/1");

    try (JournalNode next = JournalNode.start(storage)) {
      assertThat(describe(next, next.room(ROOM)).epoch())
          .as("told by the agent's attachment, which only snapshots know of")
          .isEqualTo(1);
    }
  }

  @Test
  void ofAForgottenRoomNothingIsLeftThatSaysAnything() throws SQLException {
    try (JournalNode node = JournalNode.start(storage)) {
      ActorRef<RoomCommand> room = node.room(ROOM);
      attachAgent(node, room);
      for (int phone = 0; phone < MORE_THAN_A_SNAPSHOT; phone++) {
        SocketAddress socket = attachPhone(node, room);
        room.tell(new RoomCommand.Detach(socket, CloseCause.PEER_DROPPED, 0));
      }
      TestProbe<RoomCommand.Forgotten> operator = node.probe();
      room.tell(new RoomCommand.Forget(operator.ref()));
      operator.expectMessage(PATIENCE, new RoomCommand.Forgotten(true));
      operator.awaitAssert(PATIENCE, this::assertOnlyTheEndIsLeft);
    }

    try (JournalNode next = JournalNode.start(storage)) {
      ActorRef<RoomCommand> room = next.room(ROOM);
      assertThat(describe(next, room).epoch()).isZero();
      assertThat(attachAgent(next, room).epoch()).isEqualTo(1);
    }
  }

  @Test
  void aRoomWithTheLongestNameIsKept() {
    try (JournalNode node = JournalNode.start(storage)) {
      attachAgent(node, node.room(LONG));
    }
    try (JournalNode next = JournalNode.start(storage)) {
      assertThat(describe(next, next.room(LONG)).epoch()).isEqualTo(1);
    }
  }

  @Test
  void storedFormsAreChosenOverWhatNodesSayToEachOther() throws NotSerializableException {
    try (JournalNode node = JournalNode.start(storage)) {
      var serialization = SerializationExtension.get(node.system());

      assertThat(serialization.serializerFor(RoomEvent.PhoneAttached.class))
          .isInstanceOf(RelayEventSerializer.class);
      assertThat(serialization.serializerFor(RoomSnapshot.class))
          .isInstanceOf(RelayEventSerializer.class);
      assertThat(serialization.serializerFor(RoomNotice.AgentGranted.class))
          .isInstanceOf(JacksonCborSerializer.class);
    }
  }

  private static RoomNotice.AgentGranted register(
      JournalNode node, ActorRef<RoomCommand> room, String secret) {
    Registration asked = new Registration(OWNER, SecretHash.ofSent(secret), KEYS, PAIRING);
    room.tell(new RoomCommand.AttachAgent(node.socket(), "mac", asked, 0));
    return node.told(RoomNotice.AgentGranted.class);
  }

  private static void joinByToken(JournalNode node, ActorRef<RoomCommand> room) {
    JoinRequest asked = new JoinRequest(OWNER, KEYS, null, PAIRING.token());
    room.tell(new RoomCommand.AttachPhone(node.socket(), "phone", asked, 0));
  }

  private static RoomNotice.AgentGranted attachAgent(JournalNode node, ActorRef<RoomCommand> room) {
    room.tell(new RoomCommand.AttachAgent(node.socket(), "server-x-01020304"));
    return node.told(RoomNotice.AgentGranted.class);
  }

  private static SocketAddress attachPhone(JournalNode node, ActorRef<RoomCommand> room) {
    SocketAddress socket = node.socket();
    room.tell(new RoomCommand.AttachPhone(socket, "client-x-01020304"));
    node.told(RoomNotice.PhoneJoined.class);
    return socket;
  }

  private static RoomDescription describe(JournalNode node, ActorRef<RoomCommand> room) {
    TestProbe<RoomDescription> operator = node.probe();
    room.tell(new RoomCommand.Describe(operator.ref()));
    return operator.receiveMessage(PATIENCE);
  }

  private List<String> serializers(String table, String column) throws SQLException {
    String sql = "SELECT \"%s\" FROM \"%s\" ORDER BY \"sequence_number\"".formatted(column, table);
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private @Nullable Void assertFirstEventIsDeleted() throws SQLException {
    assertThat(serializers("event_journal", "event_ser_manifest"))
        .isNotEmpty()
        .doesNotContain("room.agent-attached/1");
    return null;
  }

  /**
   * The last row stays, marked as deleted: the journal's count of a room's events never repeats.
   */
  private @Nullable Void assertOnlyTheEndIsLeft() throws SQLException {
    assertThat(serializers("event_journal", "event_ser_manifest"))
        .containsExactly("room.forgotten/1");
    assertThat(serializers("snapshot", "snapshot_ser_manifest")).isEmpty();
    return null;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(storage.url(), storage.user(), storage.password());
  }
}
