/** Whether the database answers. */
@NullMarked
package relay.persistence.probe;

import org.jspecify.annotations.NullMarked;
