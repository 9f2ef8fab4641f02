package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Only the holder of the token reads what came of exchanging it. */
class SealedResultTest {
  private final Random random = new Random(1);
  private final RefreshToken token = RefreshToken.mint(random);

  @Test
  void itsHolderReadsItByteForByte() {
    String result = "{\"api_key\":\"rdkey_\u00e9\"}";

    SealedResult sealed = SealedResult.seal(result, token, random);

    assertThat(new SealedResult(sealed.text()).open(token)).isEqualTo(result);
    assertThat(sealed.text()).startsWith("1.").doesNotContain("rdkey");
  }

  @Test
  void theTokenThatFollowsDoesNotOpenIt() {
    SealedResult sealed = SealedResult.seal("{}", token, random);

    assertThatThrownBy(() -> sealed.open(token.successor(random)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(token.text());
  }

  @Test
  void whatWasChangedDoesNotOpen() {
    String text = SealedResult.seal("{}", token, random).text();
    char changed = text.charAt(30) == 'A' ? 'B' : 'A';
    var tampered = new SealedResult(text.substring(0, 30) + changed + text.substring(31));

    assertThatThrownBy(() -> tampered.open(token)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SealedResult("1.AAAA").open(token))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SealedResult("2." + text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sealingTwiceLooksDifferent() {
    assertThat(SealedResult.seal("{}", token, random))
        .isNotEqualTo(SealedResult.seal("{}", token, random));
  }
}
