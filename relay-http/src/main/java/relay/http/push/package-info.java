/** Wakes phones through Firebase Cloud Messaging at the wish of their binary. */
@NullMarked
package relay.http.push;

import org.jspecify.annotations.NullMarked;
