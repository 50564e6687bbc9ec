package dev.poolwright.model.run;

import java.time.Duration;
import java.util.List;

/**
 * Whether a run proves anything.
 *
 * @param evidence what was acknowledged and what of it is on the server
 * @param lagP99 the generator began its operations this much after their intended moments
 * @param generatorCpu share of the machine's processors that the generator used, from 0 to 1
 * @param unplannedRestarts of subjects or server
 * @param leftovers what the clean-up did not remove
 * @param unmodelled faults and terms that were not executed; a run with any is UNDECIDED
 */
public record Health(
        Evidence evidence,
        Duration lagP99,
        double generatorCpu,
        int unplannedRestarts,
        List<String> leftovers,
        List<String> unmodelled) {

    public Health {
        leftovers = List.copyOf(leftovers);
        unmodelled = List.copyOf(unmodelled);
    }

    /** A run in the simulator needs no evidence. */
    public static Health ofSimulator(List<String> unmodelled) {
        return new Health(Evidence.NOT_NEEDED, Duration.ZERO, 0, 0, List.of(), unmodelled);
    }

    /**
     * Operations written and read back.
     *
     * @param needed false only in the simulator
     * @param acknowledged operations that a subject said were written
     * @param found of those, on the server
     * @param unexpected on the server without an acknowledgement
     */
    public record Evidence(boolean needed, long acknowledged, long found, long unexpected) {
        public static final Evidence NOT_NEEDED = new Evidence(false, 0, 0, 0);

        public boolean complete() {
            return !needed || found == acknowledged;
        }
    }
}
