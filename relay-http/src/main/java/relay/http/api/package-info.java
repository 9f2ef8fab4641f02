/** The HTTP API of TermOnMac: accounts, credentials, usage and rooms (TermOnMac 1). */
@NullMarked
package relay.http.api;

import org.jspecify.annotations.NullMarked;
