/** Who signs in: accounts and what they are named by. */
@NullMarked
package relay.core.account;

import org.jspecify.annotations.NullMarked;
