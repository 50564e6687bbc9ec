package dev.poolwright.lab.http;

import dev.poolwright.lab.subject.Counts;
import dev.poolwright.lab.subject.PoolSubject;
import dev.poolwright.policy.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A pool of the service that knows who borrowed what, for which request, and where in the code. A connection that is still
 * lent when its request has been answered is a leak: it is known at that moment, not after a time-out. Thread-safe.
 */
final class WatchedPool implements AutoCloseable {

    private final PoolSpec spec;
    private final PoolSubject subject;
    private final Clock clock;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final Set<Loan> leaks = ConcurrentHashMap.newKeySet();

    WatchedPool(PoolSpec spec, PoolSubject subject, Clock clock) {
        this.spec = spec;
        this.subject = subject;
        this.clock = clock;
    }

    /** One connection that is lent, and since when. */
    record Loan(WatchedPool pool, Connection connection, BorrowPlace place, long sinceNanos) {

        boolean isBack() throws SQLException {
            return connection.isClosed();
        }

        double heldSeconds(long now) {
            return (now - sinceNanos) / 1e9;
        }
    }

    PoolSpec spec() {
        return spec;
    }

    Counts counts() {
        return subject.counts();
    }

    /** How often anybody asked for a connection, served or not. */
    long asked() {
        return asked.get();
    }

    /** How many leaks were found since the start. */
    long found() {
        return found.get();
    }

    long now() {
        return clock.nanos();
    }

    /** Lends a connection to a request; waits as the pool does. */
    Connection borrow(RequestScope request) throws SQLException {
        asked.incrementAndGet();
        BorrowPlace place = BorrowPlace.here();
        Connection connection = subject.dataSource().getConnection();
        request.lent(new Loan(this, connection, place, clock.nanos()));
        return connection;
    }

    void leaked(Loan loan) {
        found.incrementAndGet();
        leaks.add(loan);
    }

    /** Those that are lent still; one that the library has taken back by itself is none any more. */
    List<Loan> leaks() throws SQLException {
        List<Loan> open = new ArrayList<>();
        for (Loan loan : List.copyOf(leaks)) {
            if (loan.isBack()) {
                leaks.remove(loan);
            } else {
                open.add(loan);
            }
        }
        return open;
    }

    /** Gives every leaked connection back to its pool; returns how many. */
    int reclaim() throws SQLException {
        int given = 0;
        for (Loan loan : leaks()) {
            loan.connection().close();
            leaks.remove(loan);
            given++;
        }
        return given;
    }

    @Override
    public void close() {
        subject.close();
    }
}
