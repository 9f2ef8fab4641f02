package relay.core.account.entity;

import relay.core.account.AccountId;
import relay.core.room.entity.EdgeCommand;

/** Tells an edge something for all its sockets of that account. */
public record ToAccount(AccountId account, AccountNotice notice) implements EdgeCommand {}
