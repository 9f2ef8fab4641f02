/** Which database keeps the events, and the few connections that read it beside the journal. */
@NullMarked
package relay.persistence;

import org.jspecify.annotations.NullMarked;
