package relay.http.bench.micro;

import com.typesafe.config.Config;
import java.time.Instant;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import relay.core.room.Arbiter;
import relay.core.room.Claim;
import relay.core.room.CloseCause;
import relay.core.room.Room;
import relay.core.room.RoomPolicy;
import relay.core.room.SocketAddress;
import relay.core.settings.RelaySettings;
import relay.core.settings.SettingsSource;

/** What a room decides about a phone that comes and goes, fifteen others being there. */
@State(Scope.Thread)
public class RoomBenchmark {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String EDGE = "pekko://relay@127.0.0.1:25520/user/edge#1";
  private static final int OTHERS = 15;

  private final Claim phone = claim(100);
  private final Arbiter busy = busy();

  /** Two verdicts and the room after each. */
  @Benchmark
  public Arbiter joinAndLeave() {
    Arbiter joined = busy.after(busy.attachPhone(phone, NOW));
    return joined.after(joined.detach(phone.socket(), CloseCause.PEER_CLOSED, 1000, NOW));
  }

  private static Arbiter busy() {
    Config config = SettingsSource.load(Map.of());
    RoomPolicy policy = RoomPolicy.pyrycode(RelaySettings.from(config).pyrycode());
    Arbiter arbiter = new Arbiter(policy, Room.EMPTY);
    arbiter = arbiter.after(arbiter.attachAgent(claim(0), NOW));
    for (int i = 1; i <= OTHERS; i++) {
      arbiter = arbiter.after(arbiter.attachPhone(claim(i), NOW));
    }
    return arbiter;
  }

  private static Claim claim(long number) {
    return new Claim(new SocketAddress(EDGE, number), "connection-" + number);
  }
}
