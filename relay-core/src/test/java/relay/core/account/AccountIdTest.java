package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountIdTest {
  private static final String TEXT = "0123456789abcdef0123456789abcdef";

  @Test
  void thirtyTwoLowerCaseHexDigitsNameAnAccount() {
    assertThat(AccountId.parse(TEXT)).contains(new AccountId(TEXT));
    assertThat(new AccountId(TEXT)).hasToString(TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcdeg",
        "0123456789abcdef0123456789abcdef\n"
      })
  void anythingElseNamesNone(String text) {
    assertThat(AccountId.parse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccountId(text))
        .withMessageContaining("32 lower-case hex digits");
  }
}
