/** The sharded, event-sourced actor around an account's rules, and how everybody talks to it. */
@NullMarked
package relay.core.account.entity;

import org.jspecify.annotations.NullMarked;
