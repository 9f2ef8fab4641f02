/** The rules of one room, as values: who holds which slot, and why they lost it. */
@NullMarked
package relay.core.room;

import org.jspecify.annotations.NullMarked;
