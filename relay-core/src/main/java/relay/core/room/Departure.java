package relay.core.room;

/** What follows for the others when a socket leaves its slot, or an absent agent's time is over. */
record Departure(Draft draft) {

  /** Whoever waits for the agent's slot gets it; otherwise the phones learn that it is gone. */
  Draft ofAgent(Slot agent, CloseCause cause, int closeCode) {
    if (draft.contest().isOpen()) {
      return new Challenge(draft.detachAgent(agent, cause, closeCode, null)).won();
    }
    return switch (draft.policy().phones()) {
      case PhoneRules.OfAgent rules ->
          draft
              .detachAgent(agent, cause, closeCode, draft.now().plus(rules.grace()))
              .forEach(
                  draft.room().phones().stream(), (it, phone) -> it.tellAgentLeft(phone, cause));
      case PhoneRules.OfRoom rules ->
          draft
              .detachAgent(agent, cause, closeCode, null)
              .forEach(
                  draft.room().phones().stream(),
                  (it, phone) ->
                      it.room().isRejected(phone, it.now())
                          ? it.evict(phone, rules.rejected())
                          : it.tellAgentLeft(phone, cause));
    };
  }

  Draft ofPhone(Slot phone, CloseCause cause, int closeCode) {
    return draft
        .detachPhone(phone, cause, closeCode)
        .forEach(
            draft.room().agentHolder().stream(),
            (it, agent) ->
                it.tell(
                    new Tell.PhoneLeft(
                        agent.socket(), it.room().epoch(), phone.connection(), false, cause)));
  }

  /** Nothing is swept: a grace that is over ends when somebody next looks (pyrycode 4.3). */
  Draft ofGrace() {
    return draft.policy().phones() instanceof PhoneRules.OfAgent rules
            && draft.room().agent() instanceof AgentSlot.Away(var until)
            && !draft.now().isBefore(until)
        ? draft
            .happened(new RoomEvent.GraceExpired(draft.room().epoch(), draft.now()))
            .forEach(
                draft.room().phones().stream(), (it, phone) -> it.evict(phone, rules.expired()))
        : draft;
  }
}
