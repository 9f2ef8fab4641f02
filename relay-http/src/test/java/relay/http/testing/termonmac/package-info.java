/**
 * TermOnMac's clients for tests: they dial, register, join, pair, beat and come back as the real
 * ones do (TermOnMac 3, 9.1 and 9.2), and read every message as strictly (appendix A). Their time
 * stands still until a test lets it pass.
 */
@NullMarked
package relay.http.testing.termonmac;

import org.jspecify.annotations.NullMarked;
