package dev.poolwright.lab.subject;

/**
 * What one engine kind with one pool class did for a number of concurrent users, each with several requests in turn.
 *
 * @param tried requests begun
 * @param worked requests that got a session, the right answer from the database, and committed
 * @param effectiveClass the class of the pool that the engine had; empty if no engine could be built
 * @param errorType the first error's class; empty if there was none
 * @param errorMessage the first error's text to the letter, secrets masked; empty if there was none
 * @param stage where it came up: engine, connect, use or give_back; empty if there was none
 * @param allErrors every class of error with the first line of its text and its number
 * @param longestWaitMillis the longest time from the request's begin to its connection, of those that worked
 */
public record CompatibilityCell(
        EngineKind kind,
        PoolClass poolClass,
        int users,
        int tried,
        int worked,
        String effectiveClass,
        String errorType,
        String errorMessage,
        String stage,
        String allErrors,
        double longestWaitMillis) {

    public CompatibilityCell {
        if (users < 1 || worked < 0 || worked > tried) {
            throw new IllegalArgumentException(
                    "cell: users = " + users + ", worked = " + worked + " of " + tried + " tried: impossible");
        }
    }

    public boolean allWorked() {
        return worked == tried;
    }

    public boolean noneWorked() {
        return worked == 0;
    }
}
