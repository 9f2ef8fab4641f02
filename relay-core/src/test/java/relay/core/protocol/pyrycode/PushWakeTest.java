package relay.core.protocol.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.protocol.pyrycode.PushWake.Invalid.EMPTY_TOKEN;
import static relay.core.protocol.pyrycode.PushWake.Invalid.MALFORMED;
import static relay.core.protocol.pyrycode.PushWake.Invalid.UNSUPPORTED_PLATFORM;

import org.junit.jupiter.api.Test;
import relay.core.protocol.Text;

class PushWakeTest {

  @Test
  void aWakeNamesAPlatformAndAToken() {
    assertThat(parse("{\"platform\":\"fcm\",\"token\":\"t-1\"}"))
        .isEqualTo(new PushWake.Fcm("t-1"));
    assertThat(parse(" {\"TOKEN\":\"\\u0074\",\"x\":[{}],\"Platform\":\"fcm\"} "))
        .isEqualTo(new PushWake.Fcm("t"));
  }

  @Test
  void onlyFcmIsSupportedAndSpelledExactly() {
    assertThat(parse("{\"platform\":\"apns\",\"token\":\"t\"}")).isEqualTo(UNSUPPORTED_PLATFORM);
    assertThat(parse("{\"platform\":\"FCM\",\"token\":\"t\"}")).isEqualTo(UNSUPPORTED_PLATFORM);
    assertThat(parse("{\"platform\":null,\"token\":\"t\"}")).isEqualTo(UNSUPPORTED_PLATFORM);
    assertThat(parse("{}")).isEqualTo(UNSUPPORTED_PLATFORM);
  }

  @Test
  void aTokenMustNotBeEmpty() {
    assertThat(parse("{\"platform\":\"fcm\",\"token\":\"\"}")).isEqualTo(EMPTY_TOKEN);
    assertThat(parse("{\"platform\":\"fcm\"}")).isEqualTo(EMPTY_TOKEN);
    assertThat(parse("{\"platform\":\"fcm\",\"token\":null}")).isEqualTo(EMPTY_TOKEN);
  }

  @Test
  void otherShapesAreMalformed() {
    for (String other : new String[] {"5", "\"fcm\"", "[]", "true", "{", "{\"token\":7}"}) {
      assertThat(parse(other)).isEqualTo(MALFORMED);
    }
  }

  @Test
  void theTokenIsNotShown() {
    assertThat(new PushWake.Fcm("device-token-SECRET")).asString().doesNotContain("SECRET");
  }

  private static PushWake parse(String json) {
    return PushWake.parse(Text.of(json));
  }
}
