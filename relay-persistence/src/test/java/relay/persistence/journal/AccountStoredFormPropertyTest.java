package relay.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import relay.core.account.AccountEvent;
import relay.core.account.PersonalDetails;

/** Whatever providers say about people, what is kept of it is what is read back. */
class AccountStoredFormPropertyTest {

  @Property(tries = 500)
  void peopleAreReadBack(@ForAll("people") PersonalDetails person) throws NotSerializableException {
    var created = new AccountEvent.AccountCreated(person, Instant.EPOCH);

    assertThat(StoredForm.read(StoredForm.manifest(created), StoredForm.write(created)))
        .isEqualTo(created);
  }

  @Provide
  Arbitrary<PersonalDetails> people() {
    Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(300).injectNull(0.2);
    Arbitrary<String> emails =
        Arbitraries.strings().all().ofMinLength(1).ofMaxLength(20).map(it -> it + "@example.org");
    return Combinators.combine(emails, text, text.map(it -> "https://" + it))
        .as(PersonalDetails::new);
  }
}
