/** What an account may use and has used: tiers, credits, the welcome bonus and room leases. */
@NullMarked
package relay.core.subscription;

import org.jspecify.annotations.NullMarked;
