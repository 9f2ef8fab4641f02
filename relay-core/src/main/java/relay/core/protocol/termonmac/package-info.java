/** What the TermOnMac relay, Macs and phones say to each other; pure, and blind to payloads. */
@NullMarked
package relay.core.protocol.termonmac;

import org.jspecify.annotations.NullMarked;
