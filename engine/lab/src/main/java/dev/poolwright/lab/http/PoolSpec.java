package dev.poolwright.lab.http;

import java.time.Duration;

/**
 * One pool of the service, in plain values, because it is handed to a process of its own.
 *
 * @param name within the service
 * @param library {@code hikaricp}, {@code tomcat-jdbc}, or anything else for a pool with the semantics of SQLAlchemy's QueuePool
 * @param port on 127.0.0.1 where its database is reached
 * @param size connections that are kept; from 1
 * @param overflow opened above size; −1 for no bound
 * @param acquireMillis limit on waiting for a connection; 0 for none
 * @param connectSeconds limit on one connect; from 1
 * @param lifetimeMillis a connection older than this is replaced; 0 for never
 * @param reclaimSeconds a connection lent for longer is taken back and closed, where the library does that; 0 for never
 * @param opened how many the start-up opens
 */
public record PoolSpec(
        String name,
        String library,
        int port,
        int size,
        int overflow,
        long acquireMillis,
        long connectSeconds,
        long lifetimeMillis,
        long reclaimSeconds,
        int opened) {

    public PoolSpec {
        if (size < 1 || overflow < -1 || acquireMillis < 0 || connectSeconds < 1 || reclaimSeconds < 0) {
            throw new IllegalArgumentException("pool " + name + ": size = " + size + ", overflow = " + overflow
                    + ", acquire = " + acquireMillis + " ms, connect = " + connectSeconds + " s, reclaim = "
                    + reclaimSeconds + " s: size and connect from 1, overflow from -1, the others from 0");
        }
        if (reclaimSeconds > 0 && !library.equals("tomcat-jdbc")) {
            throw new IllegalArgumentException("pool " + name + ": reclaim = " + reclaimSeconds + " s, library = "
                    + library + ": this service has it with tomcat-jdbc only");
        }
    }

    Duration acquireTimeout() {
        return Duration.ofMillis(acquireMillis);
    }
}
