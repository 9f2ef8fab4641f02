package relay.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class JsonTextFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void jacksonAgreesOnWhatIsJson(byte[] text) {
    assertThat(JsonText.isValid(Text.of(text))).isEqualTo(Jackson.isJson(text));
  }
}
