package dev.poolwright.model.fleet;

/**
 * From the borrow to the give-back.
 *
 * @param inDatabase time in the database
 * @param outside time in which the connection is held but the database does nothing for it
 * @param onCpu the share of {@code inDatabase} that is work of the server's processors, from 0 to 1; the rest is waiting
 */
public record Hold(Distribution inDatabase, Distribution outside, double onCpu) {

    public Hold {
        if (!(onCpu >= 0 && onCpu <= 1)) {
            throw new IllegalArgumentException("on_cpu = " + onCpu + ": must be from 0 to 1");
        }
    }

    public double meanNanos() {
        return inDatabase.meanNanos() + outside.meanNanos();
    }
}
