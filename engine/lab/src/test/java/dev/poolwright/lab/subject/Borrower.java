package dev.poolwright.lab.subject;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Every subject in the same few words, whether its callers block or not. */
interface Borrower {

    /** Waits as the library does; throws what the library throws. */
    Held borrow() throws Exception;

    /** One lent connection. */
    interface Held {
        long number(String sql) throws Exception;

        void giveBack() throws Exception;
    }

    static Borrower of(Subject subject) {
        return subject instanceof ReactiveSubject reactive
                ? () -> new Reactive(settled(reactive.borrow()))
                : () -> new Jdbc(((PoolSubject) subject).dataSource().getConnection());
    }

    private static <T> T settled(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** A connection of a library that blocks. */
    record Jdbc(Connection connection) implements Held {
        @Override
        public long number(String sql) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        }

        @Override
        public void giveBack() throws SQLException {
            connection.close();
        }
    }

    /** A connection of a library that does not. */
    record Reactive(ReactiveSubject.Session session) implements Held {
        @Override
        public long number(String sql) throws Exception {
            return settled(session.number(sql, List.of()));
        }

        @Override
        public void giveBack() throws Exception {
            session.giveBack().get(60, TimeUnit.SECONDS);
        }
    }
}
