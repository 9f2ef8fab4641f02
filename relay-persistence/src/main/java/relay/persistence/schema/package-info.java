/** Creates and migrates the tables before anything uses them. */
@NullMarked
package relay.persistence.schema;

import org.jspecify.annotations.NullMarked;
