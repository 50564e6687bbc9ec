package dev.poolwright.model.scenario;

import dev.poolwright.policy.Draws;
import java.util.List;

/** Which operations leak: drawn by address, so simulator and lab agree on every one. */
public final class LeakDraws {

    private LeakDraws() {}

    /**
     * Whether an operation never gives its connections back.
     *
     * @param load {@code service/load}
     * @param number of the operation in its load
     * @param intendedNanos moment of the run at which it was to begin
     */
    public static boolean leaks(
            List<Fault> faults, Draws draws, String service, String load, long number, long intendedNanos) {
        double share = 0;
        for (Fault fault : faults) {
            if (fault instanceof Fault.Leak leak
                    && leak.on().equals(service)
                    && leak.at().toNanos() <= intendedNanos
                    && intendedNanos < leak.end().toNanos()) {
                share = Math.max(share, leak.share());
            }
        }
        return share > 0 && draws.stream(load, "leak").uniform(number) < share;
    }
}
