/** The sharded actor around an account's subscription, and what it is asked. */
@NullMarked
package relay.core.subscription.entity;

import org.jspecify.annotations.NullMarked;
