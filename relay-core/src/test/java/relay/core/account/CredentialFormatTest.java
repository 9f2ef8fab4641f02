package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What credentials look like, and that nothing shows them (TermOnMac 7.1). */
class CredentialFormatTest {
  private final Random random = new Random(1);

  @Test
  void credentialsLookAsClientsKnowThem() {
    assertThat(ApiKey.mint(random).text()).matches("rdkey_[0-9a-f]{32}");
    assertThat(RefreshToken.mint(random).text()).matches("rdrt_[0-9a-f]{128}");
    assertThat(ApiKey.mint(random)).isNotEqualTo(ApiKey.mint(random));
    assertThat(RefreshToken.mint(random)).isNotEqualTo(RefreshToken.mint(random));
  }

  @Test
  void whatWasMintedIsRead() {
    ApiKey key = ApiKey.mint(random);
    RefreshToken token = RefreshToken.mint(random);

    assertThat(ApiKey.parse(key.text())).contains(key);
    assertThat(RefreshToken.parse(token.text())).contains(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rdkey_",
        "rdkey_0123456789abcdef0123456789abcde",
        "rdkey_0123456789abcdef0123456789abcdef0",
        "rdkey_0123456789ABCDEF0123456789ABCDEF",
        "rdkey_0123456789abcdef0123456789abcdeg",
        " rdkey_0123456789abcdef0123456789abcdef",
        "rdkey_0123456789abcdef0123456789abcdef\n"
      })
  void nothingElseIsAKey(String text) {
    assertThat(ApiKey.parse(text)).isEmpty();
    assertThat(RefreshToken.parse(text.replace("rdkey", "rdrt"))).isEmpty();
    assertThatThrownBy(() -> new ApiKey(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSuccessorBelongsToTheSameFamilyAndNothingElse() {
    RefreshToken first = RefreshToken.mint(random);
    RefreshToken second = first.successor(random);

    assertThat(second.lineage()).isEqualTo(first.lineage());
    assertThat(second.hash()).isNotEqualTo(first.hash());
    assertThat(RefreshToken.mint(random).lineage()).isNotEqualTo(first.lineage());
    assertThat(first.lineage()).isNotEqualTo(first.hash());
  }

  @Test
  void aHashIsTheSha256OfTheWholeText() {
    assertThat(CredentialHash.of("").value())
        .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThatThrownBy(() -> new CredentialHash("e3b0c442"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingShowsThem() {
    ApiKey key = ApiKey.mint(random);
    RefreshToken token = RefreshToken.mint(random);
    SealedResult sealed = SealedResult.seal(key.text(), token, random);
    Rotation rotation = new Rotation(token.hash(), NewCredentials.of(key, token), sealed);
    AccountEvent began =
        new AccountEvent.FamilyBegan(1, NewCredentials.of(key, token), AccountScene.START);

    assertThat(key + " " + token + rotation + began + new AccountAnswer.Replayed(sealed))
        .doesNotContain(
            key.text().substring(6),
            token.text().substring(5, 37),
            key.hash().value().substring(7),
            token.hash().value().substring(7),
            sealed.text());
  }

  @Test
  void thereIsNoNameOrMailInWhatIsPrinted() {
    assertThat(
            AccountScene.CREATED
                + " "
                + AccountScene.given(AccountScene.CREATED)
                + AccountScene.GITHUB
                + new AccountAnswer.Authenticated(1, "ada@example.org", "Ada", null))
        .doesNotContain("ada@", "Ada", "583231");
  }
}
