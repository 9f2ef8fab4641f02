package relay.http.socket.termonmac;

import java.util.Optional;
import relay.core.protocol.termonmac.ServerMessage;
import relay.core.subscription.QuotaExceeded;

/** Puts what a subscription says of an exhausted account into a client's words (TermOnMac 3.11). */
final class Quotas {
  private Quotas() {}

  static ServerMessage.QuotaExceeded message(QuotaExceeded quota) {
    return new ServerMessage.QuotaExceeded(
        quota.usage(),
        quota.limit(),
        quota.period(),
        quota.resetsAt(),
        Optional.ofNullable(quota.bonus())
            .map(
                bonus ->
                    new ServerMessage.ExtraQuota(bonus.used(), bonus.limit(), bonus.expiresAt())));
  }
}
