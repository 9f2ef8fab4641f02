package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import relay.core.protocol.pyrycode.EnvelopeReader;
import relay.http.socket.Target;

class PhoneTableTest {
  private final PhoneTable table = new PhoneTable();
  private final EnvelopeReader reader = new EnvelopeReader();

  private record Nowhere() implements Target {}

  private PhoneTable.@Nullable Phone find(String connId) {
    read(connId);
    return table.addressedBy(reader);
  }

  private void read(String connId) {
    String envelope = "{\"conn_id\":\"" + connId + "\",\"frame\":1}";
    reader.read(ByteBuffer.wrap(envelope.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void phoneForFindsRegisteredPhone() {
    table.joined("client-a-1", 1, new Nowhere());
    table.joined("client-ä-2", 1, new Nowhere());

    assertThat(find("client-ä-2")).isNotNull();
    assertThat(find("client-\\u00e4-2")).as("escaped").isSameAs(find("client-ä-2"));
    assertThat(find("CLIENT-A-1")).isNull();
    table.left("client-a-1");
    table.left("client-a-1");
    assertThat(find("client-a-1")).isNull();
  }

  @Test
  void aPhoneJoinedAgainStaysDismissed() {
    table.joined("client-a-1", 1, new Nowhere());
    PhoneTable.Phone phone = Objects.requireNonNull(find("client-a-1"));
    phone.dismiss();

    table.joined("client-a-1", 1, new Nowhere());

    assertThat(find("client-a-1")).isSameAs(phone);
    assertThat(phone.isDismissed()).isTrue();
  }

  @Test
  void phonesOfOtherEpochsAreForgotten() {
    for (int i = 0; i < 100; i++) {
      table.joined("client-a-" + i, i % 2, new Nowhere());
    }

    table.keepOnly(1);

    assertThat(find("client-a-2")).isNull();
    assertThat(find("client-a-3")).isNotNull();
  }

  @Test
  void phoneForZeroAllocs() {
    for (int i = 0; i < 16; i++) {
      table.joined("client-srv-" + i, 1, new Nowhere());
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    read("client-srv-15");
    table.addressedBy(reader);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      table.addressedBy(reader);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(1_000);
  }
}
