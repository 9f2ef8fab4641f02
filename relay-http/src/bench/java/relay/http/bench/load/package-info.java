/** Load over real sockets, for any relay that speaks pyrycode; knows nothing of this one. */
@NullMarked
package relay.http.bench.load;

import org.jspecify.annotations.NullMarked;
