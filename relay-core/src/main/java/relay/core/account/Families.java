package relay.core.account;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The families of credentials of one account.
 *
 * @param next the number of the family that will begin next
 * @param all in the order they began
 */
public record Families(long next, List<Family> all) {
  static final Families NONE = new Families(1, List.of());

  public Families {
    all = List.copyOf(all);
  }

  Optional<Family> ofKey(CredentialHash key, Instant now, AccountPolicy policy) {
    return all.stream()
        .filter(it -> it.isAliveAt(now, policy) && it.accepts(key, now, policy))
        .findFirst();
  }

  Optional<Family> ofLineage(CredentialHash lineage, Instant now, AccountPolicy policy) {
    return all.stream()
        .filter(it -> it.isAliveAt(now, policy) && it.lineage().matches(lineage))
        .findFirst();
  }

  Optional<Family> numbered(long number, Instant now, AccountPolicy policy) {
    return all.stream()
        .filter(it -> it.number() == number && it.isAliveAt(now, policy))
        .findFirst();
  }

  List<Family> alive(Instant now, AccountPolicy policy) {
    return all.stream().filter(it -> it.isAliveAt(now, policy)).toList();
  }

  List<Family> expired(Instant now, AccountPolicy policy) {
    return all.stream().filter(it -> !it.isAliveAt(now, policy)).toList();
  }

  /** Those least recently used among the living, so that one more fits. */
  List<Family> displaced(Instant now, AccountPolicy policy) {
    List<Family> alive = alive(now, policy);
    return alive.stream()
        .sorted(Comparator.comparing(Family::lastUsed).thenComparing(Family::number))
        .limit(Math.max(0, alive.size() + 1 - policy.maxFamilies()))
        .toList();
  }

  Families with(AccountEvent.FamilyBegan began) {
    return new Families(
        Math.max(next, began.family() + 1),
        Stream.concat(all.stream(), Stream.of(Family.of(began))).toList());
  }

  Families changed(long number, UnaryOperator<Family> change) {
    return new Families(
        next, all.stream().map(it -> it.number() == number ? change.apply(it) : it).toList());
  }

  Families without(long number) {
    return new Families(next, all.stream().filter(it -> it.number() != number).toList());
  }
}
