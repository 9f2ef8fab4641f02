/** The stored form of events and snapshots; rows outlive every class name. */
@NullMarked
package relay.persistence.journal;

import org.jspecify.annotations.NullMarked;
