/** Core's ports answered from the database. */
@NullMarked
package relay.persistence.tables;

import org.jspecify.annotations.NullMarked;
