package relay.core.protocol.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import relay.core.protocol.Jackson;
import relay.core.protocol.Text;
import relay.core.protocol.termonmac.ClientMessage.Malformed;

class TermonmacFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void aMessageIsJsonAndReadingItAgainChangesNothing(byte[] text) {
    MessageCodec codec = new MessageCodec();
    ClientMessage message = codec.read(Text.of(text));
    assertThat(codec.read(Text.offHeap(text))).isEqualTo(message);
    if (!message.equals(Malformed.NO_MESSAGE)) {
      assertThat(Jackson.isJson(text)).isTrue();
    }
    if (message instanceof ClientMessage.RegisterRoom room) {
      assertThat(RoomId.isValid(room.roomId())).isTrue();
      assertThat(room.keys().publicKey()).isNotEmpty().isASCII();
    }
  }
}
