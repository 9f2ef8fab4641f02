/** Ports to what is stored about many rooms; nothing here decides anything. */
@NullMarked
package relay.core.directory;

import org.jspecify.annotations.NullMarked;
