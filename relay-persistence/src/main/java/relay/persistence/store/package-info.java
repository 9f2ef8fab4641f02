/** What Pekko's persistence asks of a database: events and snapshots, written in groups. */
@NullMarked
package relay.persistence.store;

import org.jspecify.annotations.NullMarked;
