package dev.poolwright.lab.subject;

/**
 * What a pool holds at one moment.
 *
 * @param inUse connections lent to a caller, and those being opened for one
 * @param open connections to the server, lent or idle
 * @param waiting callers that wait for a connection
 */
public record Counts(int inUse, int open, int waiting) {
    public Counts {
        if (inUse < 0 || open < 0 || waiting < 0) {
            throw new IllegalArgumentException("counts: in use = " + inUse + ", open = " + open + ", waiting = "
                    + waiting + ": none may be negative");
        }
    }
}
