/** What the App Store and its customers tell the relay of purchases (TermOnMac 5.3, 5.4). */
@NullMarked
package relay.http.store;

import org.jspecify.annotations.NullMarked;
