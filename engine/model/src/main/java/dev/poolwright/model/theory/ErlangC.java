package dev.poolwright.model.theory;

/**
 * The M/M/c queue: Poisson arrivals, exponential holds, c connections, one queue without limit. Formulas as in "Theory and
 * facts", 1.2 (Erlang 1917; the recursion of Erlang B is the stable one, never factorials).
 *
 * @param connections c, at least 1
 * @param offered a = arrival rate × mean hold, in connections
 */
public record ErlangC(int connections, double offered) {

    public ErlangC {
        if (connections < 1) {
            throw new IllegalArgumentException("connections = " + connections + ": must be at least 1");
        }
        if (!(offered >= 0)) {
            throw new IllegalArgumentException("offered = " + offered + ": must not be negative");
        }
    }

    /** a / c; the queue is stable only below 1. */
    public double utilization() {
        return offered / connections;
    }

    /** Share of arrivals that are lost where nobody may wait. */
    public double erlangB() {
        double b = 1;
        for (int k = 1; k <= connections; k++) {
            b = offered * b / (k + offered * b);
        }
        return b;
    }

    /** Share of arrivals that have to wait; 1 when the queue is not stable. */
    public double waitProbability() {
        if (utilization() >= 1) {
            return 1;
        }
        double b = erlangB();
        return b / (1 - utilization() * (1 - b));
    }

    /** Mean wait in units of the mean hold; infinite when not stable. */
    public double meanWait() {
        return utilization() >= 1 ? Double.POSITIVE_INFINITY : waitProbability() / (connections * (1 - utilization()));
    }

    /** The wait that a share {@code p} of arrivals does not exceed, in units of the mean hold. */
    public double waitQuantile(double p) {
        if (utilization() >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        double c = waitProbability();
        return c > 1 - p ? StrictMath.log(c / (1 - p)) / (connections - offered) : 0;
    }
}
