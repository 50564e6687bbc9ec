package dev.poolwright.lab.subject;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A pool whose callers never block a thread: each step completes later, on a thread of the library. */
public non-sealed interface ReactiveSubject extends Subject {

    /**
     * Asks for a connection. Cancelling it before it completes takes the caller out of the line; a connection that comes all
     * the same goes back at once. Completes exceptionally with what the library threw.
     */
    CompletableFuture<Session> borrow();

    /** One lent connection. Confined to its borrower, one step at a time. */
    interface Session {

        /**
         * Runs one statement.
         *
         * @param sql with {@code $1}, {@code $2}, … for the arguments
         * @param arguments each a {@code Long}, {@code Integer}, {@code Double} or {@code String}
         * @return how many rows were returned or changed
         */
        CompletableFuture<Long> execute(String sql, List<Object> arguments);

        /** Runs one statement whose one row holds one whole number. */
        CompletableFuture<Long> number(String sql, List<Object> arguments);

        /** Gives it back; doing it twice is harmless. */
        CompletableFuture<@Nullable Void> giveBack();
    }
}
