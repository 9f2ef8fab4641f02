/** What entities of every kind need beside their own rules. */
@NullMarked
package relay.core.entity;

import org.jspecify.annotations.NullMarked;
