package relay.core.room;

/** What follows when an agent asks for a slot that another one holds (pyrycode 4.4). */
record Challenge(Draft draft) {

  Draft by(Claim claim, Slot incumbent) {
    return switch (draft.policy().onClaimOfHeldSlot()) {
      case REPLACE -> draft.install(claim, null);
      case PROBE -> probe(claim, incumbent);
    };
  }

  /** The incumbent is gone: the first of those who wait gets the slot, the others get none. */
  Draft won() {
    Claim first = draft.contest().waiting().getFirst();
    Draft installed =
        draft.contest(draft.contest().without(first.socket()::equals)).install(first, null);
    return new Challenge(installed).lost();
  }

  /** The incumbent is there: whoever waits gets no slot. */
  Draft lost() {
    return draft
        .forEach(
            draft.contest().waiting().stream(),
            (it, claim) -> it.refuse(claim, Refusal.ALREADY_CLAIMED))
        .contest(draft.contest().closed());
  }

  private Draft probe(Claim claim, Slot incumbent) {
    Contest contest = draft.contest();
    if (contest.has(claim.socket())) {
      return draft;
    }
    if (contest.isFull()) {
      return draft.refuse(claim, Refusal.ALREADY_CLAIMED);
    }
    Draft joined = draft.contest(contest.joinedBy(claim));
    return contest.isOpen()
        ? joined
        : joined.tell(new Tell.Probe(incumbent.socket(), joined.contest().probe()));
  }
}
