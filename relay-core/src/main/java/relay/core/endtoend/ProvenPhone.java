package relay.core.endtoend;

import java.util.Optional;
import relay.core.endtoend.AppMessage.ChallengeAsked;
import relay.core.endtoend.AppMessage.ChallengeResponse;

/**
 * A phone that answered the Mac's challenge.
 *
 * @param asked the challenge it answered
 * @param knows what the Mac proves itself with in turn
 * @param binding what the phone tied its proof to, and the Mac ties its own to
 */
record ProvenPhone(SealedChannel channel, Challenge asked, SharedSecret knows, Binding binding) {

  /** The Mac's own proof, sealed; empty for anything else than a challenge of the phone's. */
  Optional<String> answer(AppMessage said) {
    if (!(said instanceof ChallengeAsked(var nonce))) {
      return Optional.empty();
    }
    // Answering one's own challenge would hand its proof to whoever sent it back.
    return Challenge.parse(nonce)
        .filter(challenge -> !challenge.isSameAs(asked))
        .map(challenge -> challenge.answer(knows, binding))
        .map(hmac -> channel.seal(new ChallengeResponse(hmac)));
  }
}
