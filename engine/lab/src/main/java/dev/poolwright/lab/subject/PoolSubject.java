package dev.poolwright.lab.subject;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool of JDBC connections; who borrows blocks until there is one. */
public non-sealed interface PoolSubject extends Subject {

    /** Lends the pool's connections; closing a connection gives it back. */
    DataSource dataSource();

    @Override
    default Refused refused(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        String state = Causes.state(failure);
        if (state.equals("53300")) {
            return new Refused(Why.SERVER_FULL, Causes.first(failure));
        }
        return isTimeout(failure, state)
                ? new Refused(Why.ACQUIRE_TIMEOUT, message)
                : new Refused(Why.CONNECT, Causes.first(failure));
    }

    /**
     * Whether the library says in this way that the acquire timeout passed.
     *
     * @param state the innermost SQLSTATE; empty when there is none
     */
    default boolean isTimeout(Throwable failure, String state) {
        return failure instanceof SQLTransientConnectionException && !state.startsWith("08");
    }

    /** What lies behind a failure, within a bound, because a chain of causes can be a ring. */
    final class Causes {
        private static final int MOST = 20;

        private Causes() {}

        /** The innermost SQLSTATE; empty when there is none. */
        static String state(Throwable failure) {
            String state = "";
            @Nullable Throwable cause = failure;
            for (int depth = 0; cause != null && depth < MOST; depth++) {
                if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                    state = sql.getSQLState();
                }
                cause = cause.getCause();
            }
            return state;
        }

        /** The innermost message. */
        static String first(Throwable failure) {
            Throwable first = failure;
            for (int depth = 0; first.getCause() != null && depth < MOST; depth++) {
                first = first.getCause();
            }
            return String.valueOf(first.getMessage());
        }
    }
}
