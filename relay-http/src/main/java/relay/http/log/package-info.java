/** How log entries are written: one line each, whatever their values say. */
@NullMarked
package relay.http.log;

import org.jspecify.annotations.NullMarked;
