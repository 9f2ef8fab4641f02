/** The commands and the composition root: the only package that may see everything. */
@NullMarked
package relay.http.app;

import org.jspecify.annotations.NullMarked;
