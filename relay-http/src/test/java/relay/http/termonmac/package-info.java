/** TermOnMac's wire shapes and rules, told by raw sockets to whole relays. */
@NullMarked
package relay.http.termonmac;

import org.jspecify.annotations.NullMarked;
