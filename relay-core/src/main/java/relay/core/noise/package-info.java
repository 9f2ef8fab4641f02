/**
 * The handshake of pyrycode's clients, Noise_IK_25519_ChaChaPoly_BLAKE2s (pyrycode 11.2). The relay
 * itself never reads what it seals; probes and tests play both ends with it.
 */
@NullMarked
package relay.core.noise;

import org.jspecify.annotations.NullMarked;
