package dev.poolwright.lab.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.poolwright.lab.http.Query.Step;
import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A route that needs the database: {@code /loads/NAME?step=…}. Borrows, works, gives back and answers 200; where no connection
 * is to be had it answers 503 with {@code Retry-After}. With {@code leak} it forgets to give back, as a missing
 * {@code finally} does.
 */
final class DatabaseRoute implements HttpHandler {

    /** What a statement costs beside its sleep, left out of the sleep so that the hold is not overrun. */
    private static final long STATEMENT_NANOS = 300_000;

    private static final long MILLISECOND = 1_000_000;
    private static final String EVIDENCE = "with quick as (select set_config('synchronous_commit', 'off', true))"
            + " insert into evidence (run, stream, sequence) select ?, ?, ? from quick on conflict do nothing";

    private final Map<String, WatchedPool> pools;
    private final Clock clock;

    DatabaseRoute(Map<String, WatchedPool> pools, Clock clock) {
        this.pools = pools;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (RequestScope request = new RequestScope()) {
            Work work = new Work(Query.of(exchange.getRequestURI()));
            work.run(request, 0);
            Answer.ok(Map.of("waited_ns", work.waited, "wrote", work.wrote)).send(exchange);
        } catch (Refused e) {
            Answer.refused(e).send(exchange);
        } catch (SQLException e) {
            Answer.failed(e).send(exchange);
        } catch (IllegalArgumentException e) {
            Answer.wrong(e).send(exchange);
        }
    }

    /** One request's work. */
    private final class Work {
        private final Query query;
        private final List<Step> steps;
        private long waited;
        private boolean wrote;

        Work(Query query) {
            this.query = query;
            this.steps = query.steps();
        }

        void run(RequestScope request, int index) throws SQLException {
            if (index >= steps.size()) {
                return;
            }
            Step step = steps.get(index);
            boolean nests = index + 1 < steps.size() && steps.get(index + 1).nested();
            if (query.leaks()) {
                forget(request, step);
            } else {
                borrow(request, step, index, nests);
            }
            if (!nests) {
                run(request, index + 1);
            }
        }

        private void borrow(RequestScope request, Step step, int index, boolean nests) throws SQLException {
            List<Connection> held = new ArrayList<>();
            try {
                for (int i = 0; i < step.connections(); i++) {
                    held.add(lent(request, step));
                }
                hold(held.get(0), step, index);
                if (nests) {
                    run(request, index + 1);
                }
            } finally {
                for (Connection connection : held) {
                    connection.close();
                }
            }
        }

        /** The bug under test: nothing closes the connection. */
        @SuppressWarnings("resource")
        private void forget(RequestScope request, Step step) throws SQLException {
            long asked = clock.nanos();
            Connection forgotten;
            try {
                forgotten = pool(step).borrow(request);
            } catch (SQLException e) {
                throw Refused.by(e);
            }
            waited += clock.nanos() - asked;
            hold(forgotten, step, 0);
        }

        private Connection lent(RequestScope request, Step step) throws SQLException {
            long asked = clock.nanos();
            try {
                return pool(step).borrow(request);
            } catch (SQLException e) {
                throw Refused.by(e);
            } finally {
                waited += clock.nanos() - asked;
            }
        }

        private WatchedPool pool(Step step) {
            WatchedPool pool = pools.get(step.pool());
            if (pool == null) {
                throw new IllegalArgumentException("pool = " + step.pool() + ": this service has " + pools.keySet());
            }
            return pool;
        }

        private void hold(Connection connection, Step step, int index) throws SQLException {
            long begin = clock.nanos();
            if (index == 0 && query.find("run").isPresent()) {
                writeEvidence(connection);
            }
            long sleep = (begin + step.inDatabaseNanos() - clock.nanos() - STATEMENT_NANOS) / MILLISECOND;
            if (sleep >= 1) {
                try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(?)")) {
                    statement.setDouble(1, sleep / 1000.0);
                    statement.execute();
                }
            }
            await(begin + step.inDatabaseNanos() + step.outsideNanos());
        }

        private void writeEvidence(Connection connection) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement(EVIDENCE)) {
                insert.setString(1, query.find("run").orElse(""));
                insert.setInt(2, Integer.parseInt(query.find("stream").orElse("0")));
                insert.setLong(3, Long.parseLong(query.find("sequence").orElse("0")));
                insert.executeUpdate();
                wrote = true;
            }
        }

        private void await(long moment) {
            long left = moment - clock.nanos();
            while (left > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(left);
                left = moment - clock.nanos();
            }
        }
    }
}
