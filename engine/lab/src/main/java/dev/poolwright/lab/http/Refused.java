package dev.poolwright.lab.http;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.tomcat.jdbc.pool.PoolExhaustedException;
import org.jspecify.annotations.Nullable;

/** No connection was to be had: the request is answered with 503 and a time to come back. */
final class Refused extends SQLException {

    private static final long serialVersionUID = 1;
    private static final int DEEPEST_CAUSE = 20;
    private static final String SERVER_IS_FULL = "53300";

    private final String why;

    private Refused(String why, SQLException cause) {
        super(cause.getMessage(), cause);
        this.why = why;
    }

    /** Says by its SQLSTATE and its kind what a failed borrow was. */
    static Refused by(SQLException failure) {
        String state = lastState(failure);
        if (state.equals(SERVER_IS_FULL)) {
            return new Refused("server_full", failure);
        }
        boolean waited = failure instanceof PoolExhaustedException
                || (failure instanceof SQLTransientConnectionException && !state.startsWith("08"));
        return new Refused(waited ? "acquire_timeout" : "connect_failed", failure);
    }

    /** {@code acquire_timeout}, {@code server_full} or {@code connect_failed}. */
    String why() {
        return why;
    }

    private static String lastState(SQLException failure) {
        String state = "";
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
            cause = cause.getCause();
        }
        return state;
    }
}
