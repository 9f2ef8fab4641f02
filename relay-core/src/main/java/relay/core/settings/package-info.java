/** The configuration, read once and validated. */
@NullMarked
package relay.core.settings;

import org.jspecify.annotations.NullMarked;
