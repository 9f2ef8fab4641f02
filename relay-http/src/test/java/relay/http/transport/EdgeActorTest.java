package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.protocol.Keys;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.Role;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;
import relay.core.room.entity.EdgeCommand;
import relay.core.room.entity.EdgeCommand.AskLive;
import relay.core.room.entity.EdgeCommand.DescribeSockets;
import relay.core.room.entity.EdgeCommand.ListSockets;
import relay.core.room.entity.EdgeCommand.SocketDescriptions;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomCommand.LiveSockets;
import relay.core.room.entity.RoomNotice;
import relay.core.room.entity.RoomNotice.AgentGranted;
import relay.core.room.entity.RoomNotice.AgentLeft;
import relay.core.room.entity.RoomNotice.PhoneGranted;
import relay.core.room.entity.RoomNotice.PhoneJoined;
import relay.core.sharding.EntityIds;

@ExtendWith(LeakWatch.class)
class EdgeActorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final RoomKey OTHER = new RoomKey(Dialect.PYRYCODE, "other");

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<RoomCommand> room = kit.createTestProbe();
  private final TestProbe<SocketDescriptions> asking = kit.createTestProbe();
  private final EdgeServer server = new EdgeServer(kit.system(), 2, LinkLimits.DEFAULT);

  @AfterEach
  void stop() {
    server.close();
    kit.shutdownTestKit();
  }

  @Test
  void itIsFoundUnderItsKey() {
    TestProbe<Receptionist.Listing> listings = kit.createTestProbe();
    listings.awaitAssert(
        () -> {
          kit.system().receptionist().tell(Receptionist.find(EdgeCommand.KEY, listings.ref()));
          assertThat(listings.receiveMessage().getServiceInstances(EdgeCommand.KEY))
              .containsExactly(server.edge.actor());
          return null;
        });
  }

  @Test
  void noticesReachTheirSocketInOrder() {
    var handler = new PlayedHandler();
    try (TestPeer _ = server.connect(handler, EdgeServer.PATIENT)) {
      long socket = handler.socket().address().number();
      server.edge.actor().tell(new AgentLeft(999, 1, 0, null));
      server.edge.actor().tell(new AgentGranted(socket, 1, false));
      server.edge.actor().tell(new AgentLeft(socket, 1, 0, null));
      room.awaitAssert(
          () ->
              assertThat(handler.heard)
                  .containsExactly("opened", "told AgentGranted", "told AgentLeft"));
    }
  }

  @Test
  void aPhoneIsGrantedOnceItsAgentKnowsIt() {
    TestProbe<EdgeCommand> elsewhere = kit.createTestProbe();
    var agent = new PlayedHandler();
    var phone = new PlayedHandler();
    try (TestPeer _ = server.connect(agent, EdgeServer.PATIENT);
        TestPeer _ = server.connect(phone, EdgeServer.PATIENT)) {
      SocketAddress here = phone.socket().address();
      var there =
          new SocketAddress(
              ActorRefResolver.get(kit.system()).toSerializationFormat(elsewhere.ref()), 7);
      var grantHere = new PhoneGranted(here.number(), 1, agent.socket().address(), 0);
      var grantThere = new PhoneGranted(7, 1, agent.socket().address(), 0);
      long socket = agent.socket().address().number();
      server.edge.actor().tell(new PhoneJoined(socket, 1, "a", here, grantHere));
      server.edge.actor().tell(new PhoneJoined(socket, 1, "b", there, grantThere));
      server.edge.actor().tell(new PhoneJoined(999, 1, "c", there, grantThere));
      elsewhere.expectMessage(grantThere);
      elsewhere.expectMessage(grantThere);
      room.awaitAssert(
          () -> {
            assertThat(agent.heard)
                .containsExactly("opened", "told PhoneJoined", "told PhoneJoined");
            assertThat(phone.heard).containsExactly("opened", "told PhoneGranted");
            return null;
          });
    }
  }

  @Test
  void whoeverSpeaksFirstHearsOfTheOtherLast() {
    Keys keys = new Keys("public", "nonce", "ephemeral");
    ActorTestKit alone = ActorTestKit.create();
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    var agent = new Noting(heard);
    var phone = new Noting(heard);
    // On one loop, so that what is posted first is heard first.
    try (EdgeServer one = new EdgeServer(alone.system(), 1, LinkLimits.DEFAULT);
        TestPeer _ = one.connect(agent, EdgeServer.PATIENT);
        TestPeer _ = one.connect(phone, EdgeServer.PATIENT)) {
      SocketAddress here = phone.socket().address();
      SocketAddress there = agent.socket().address();
      var grant = new PhoneGranted(here.number(), 1, there, 0, keys);
      one.edge.actor().tell(new PhoneJoined(there.number(), 1, "a", here, grant, keys));
      room.awaitAssert(() -> assertThat(heard).containsExactly("PhoneGranted", "PhoneJoined"));
      one.edge.actor().tell(new PhoneJoined(there.number(), 1, "a", here, grant, null));
      room.awaitAssert(
          () ->
              assertThat(heard)
                  .containsExactly("PhoneGranted", "PhoneJoined", "PhoneJoined", "PhoneGranted"));
    } finally {
      alone.shutdownTestKit();
    }
  }

  /** Notes what it is told where others note it too. */
  private static final class Noting extends PlayedHandler {
    private final Queue<String> told;

    Noting(Queue<String> told) {
      this.told = told;
    }

    @Override
    public void told(RoomNotice notice) {
      told.add(notice.getClass().getSimpleName());
    }
  }

  @Test
  void onlySocketsOfTheRoomThatStillLiveAreLive() {
    var handler = new PlayedHandler();
    TestPeer peer = server.connect(handler, EdgeServer.PATIENT);
    SocketAddress address = handler.socket().address();
    List<Long> asked = List.of(address.number(), 999L);
    server.edge.actor().tell(new AskLive(PlayedHandler.ROOM, asked, room.ref()));
    room.expectMessage(new LiveSockets(address.edge(), List.of(address.number())));
    server.edge.actor().tell(new AskLive(OTHER, asked, room.ref()));
    room.expectMessage(new LiveSockets(address.edge(), List.of()));
    peer.close();
    room.awaitAssert(() -> assertThat(server.edge.openSockets()).isZero());
    server.edge.actor().tell(new AskLive(PlayedHandler.ROOM, asked, room.ref()));
    room.expectMessage(new LiveSockets(address.edge(), List.of()));
  }

  @Test
  void aRoomThatKnowsItselfByAShortNameFindsItsSockets() {
    RoomKey asNamed = new RoomKey(Dialect.PYRYCODE, "x".repeat(300));
    PlayedHandler handler =
        new PlayedHandler() {
          @Override
          public RoomKey room() {
            return asNamed;
          }
        };
    try (TestPeer _ = server.connect(handler, EdgeServer.PATIENT)) {
      SocketAddress address = handler.socket().address();
      List<Long> numbers = List.of(address.number());
      RoomKey asItKnowsItself = EntityIds.canonical(asNamed);
      server.edge.actor().tell(new AskLive(asItKnowsItself, numbers, room.ref()));
      room.expectMessage(new LiveSockets(address.edge(), numbers));
    }
  }

  @Test
  void socketsAreDescribedWithWhatTheyMoved() {
    PlayedHandler handler = PlayedHandler.echo();
    try (TestPeer peer = server.connect(handler, EdgeServer.PATIENT)) {
      peer.send("four");
      assertThat(peer.next()).isEqualTo("four");
      long socket = handler.socket().address().number();
      asking.awaitAssert(
          () -> {
            server.edge.actor().tell(new DescribeSockets(List.of(socket, 999L), asking.ref()));
            assertThat(asking.receiveMessage().sockets())
                .singleElement()
                .satisfies(
                    it -> {
                      assertThat(it.socket()).isEqualTo(socket);
                      assertThat(it.room()).isEqualTo(PlayedHandler.ROOM);
                      assertThat(it.role()).isEqualTo(Role.PHONE);
                      assertThat(it.framesIn()).isEqualTo(1);
                      assertThat(it.bytesIn()).isEqualTo(4);
                      assertThat(it.framesOut()).isEqualTo(1);
                      assertThat(it.bytesOut()).isEqualTo(4);
                    });
            return null;
          });
      server.edge.actor().tell(new ListSockets(List.of(), asking.ref()));
      assertThat(asking.receiveMessage().sockets()).hasSize(1);
      server.edge.actor().tell(new ListSockets(List.of(OTHER), asking.ref()));
      assertThat(asking.receiveMessage().sockets()).isEmpty();
    }
  }

  @Test
  void drainingClosesEverySocketAndThoseThatStillCome() {
    List<TestPeer> peers =
        IntStream.range(0, 20)
            .mapToObj(_ -> server.connect(new PlayedHandler(), EdgeServer.PATIENT))
            .toList();
    CompletionStage<Void> done =
        server.edge.closeAll(1001, "shutting down", Duration.ofMillis(200), Duration.ofMinutes(5));
    for (TestPeer peer : peers) {
      assertThat(peer.next()).isEqualTo("close 1001 shutting down");
      peer.send(PeerFrames.close(1001, ""));
      assertThat(peer.next()).isEqualTo("end");
      peer.close();
    }
    assertThat(done.toCompletableFuture()).succeedsWithin(PATIENCE);
    assertThat(server.meters.closed).containsEntry(CloseCause.DRAINED, 20);
    try (TestPeer late = server.connect(new PlayedHandler(), EdgeServer.PATIENT)) {
      assertThat(late.next()).isEqualTo("close 1001 shutting down");
    }
  }

  @Test
  void drainingDoesNotWaitForeverForAPeerThatDoesNotAnswer() {
    try (TestPeer _ = server.connect(new PlayedHandler(), EdgeServer.PATIENT)) {
      CompletionStage<Void> done =
          server.edge.closeAll(1001, "shutting down", Duration.ZERO, Duration.ofMillis(100));
      assertThat(done.toCompletableFuture()).succeedsWithin(PATIENCE);
      assertThat(server.edge.openSockets()).isEqualTo(1);
    }
  }

  @Test
  void drainingNobodyIsDoneAtOnce() {
    assertThat(
            server
                .edge
                .closeAll(1001, "shutting down", Duration.ZERO, Duration.ofMinutes(1))
                .toCompletableFuture())
        .isDone();
  }
}
