package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers say about people is kept where it fits, and left out where it does not. */
class PersonalDetailsTest {

  @Test
  void anEmailIsKeptInLowerCase() {
    assertThat(new PersonalDetails(" Ada@Example.ORG ", null, null).email())
        .isEqualTo("ada@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "ada",
        "@example.org",
        "ada@",
        "a@b@c",
        "a da@example.org",
        "\ud800@example.org"
      })
  void whatIsNoEmailIsLeftOut(String text) {
    assertThat(new PersonalDetails(text, null, null).email()).isNull();
  }

  @Test
  void whatIsTooLongIsCutOrLeftOut() {
    var details =
        new PersonalDetails(
            "a".repeat(250) + "@b.cd",
            "n".repeat(255) + "\ud83d\ude00",
            "https://example.org/" + "a".repeat(2_048));

    assertThat(details.email()).isNull();
    assertThat(details.name()).isEqualTo("n".repeat(255));
    assertThat(details.avatarUrl()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"' Ada ',Ada", "'Ada\tLovelace',Ada Lovelace"})
  void aNameIsPlainText(String text, String name) {
    assertThat(new PersonalDetails(null, text, null).name()).isEqualTo(name);
    assertThat(new PersonalDetails(null, " \n", null).name()).isNull();
  }

  @Test
  void anAvatarHasAnHttpsAddress() {
    assertThat(new PersonalDetails(null, null, "javascript:alert(1)").avatarUrl()).isNull();
    assertThat(new PersonalDetails(null, null, "https://a.example/1.png").avatarUrl())
        .isEqualTo("https://a.example/1.png");
  }

  @Test
  void anIdentityNamesAProviderAndSomebody() {
    assertThatThrownBy(() -> new Identity("Git Hub", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Identity("github", " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Identity("github", "\u00e4"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Identity("github", "s".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("sss");
  }
}
