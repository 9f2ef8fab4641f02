/** The sharded actor around a room's rules, and the messages it exchanges with sockets. */
@NullMarked
package relay.core.room.entity;

import org.jspecify.annotations.NullMarked;
