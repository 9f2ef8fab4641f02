package relay.http.bench;

/** What one benchmark without sockets gave; the error is half of the 99.9 % confidence interval. */
record MicroOutcome(String name, double nanos, double error, double bytesAllocated) {}
