/** Structured log entries whose keys are a closed list. */
@NullMarked
package relay.core.log;

import org.jspecify.annotations.NullMarked;
