/** How people sign in with a browser: GitHub, Apple and OpenID Connect (TermOnMac 1.3, 1.4). */
@NullMarked
package relay.http.signin;

import org.jspecify.annotations.NullMarked;
