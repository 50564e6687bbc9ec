package dev.poolwright.policy.health;

import org.jspecify.annotations.Nullable;

/**
 * Whether an error is the database's doing, by its SQLSTATE.
 *
 * <p>A breaker that trips on one's own saturation makes it worse for those that would have been served, and one that
 * trips on a caller's mistake punishes the others; both are no faults of the database (FACTS 1.9).
 *
 * <pre>
 *   08xxx  connection exception                     yes, but 08003 and 08P01: used after close; a broken message
 *   53xxx  too many connections, disk, memory       yes, but 53P01 … 53P04, which are the guard's own
 *   57P01 … 57P05  shut down, not yet up, dropped   yes
 *   58xxx  system error; XX… internal, corrupted    yes
 *   57014 cancelled, 40xxx, 42xxx, 23xxx, none      no
 * </pre>
 *
 * <p>Source of the classes: PostgreSQL manual, appendix A, error codes. Stateless; nothing is allocated.
 */
public final class SqlStates {

    private SqlStates() {}

    /** True when an error with this SQLSTATE says that the database cannot do its work; null is no. */
    public static boolean isDatabaseFault(@Nullable String state) {
        if (state == null || state.length() != 5) {
            return false;
        }
        if (state.startsWith("08")) {
            return !state.equals("08003") && !state.equals("08P01");
        }
        if (state.startsWith("53")) {
            return state.charAt(2) != 'P';
        }
        return state.startsWith("57P") || state.startsWith("58") || state.startsWith("XX");
    }
}
