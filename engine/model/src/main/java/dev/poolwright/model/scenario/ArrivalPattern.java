package dev.poolwright.model.scenario;

import java.util.List;

/** When the operations of a load arrive, given how many do. */
public sealed interface ArrivalPattern {

    /** At random, independently of each other, at the load's rate. */
    static ArrivalPattern poisson() {
        return new Poisson();
    }

    /** A Poisson process. */
    record Poisson() implements ArrivalPattern {}

    /** At the load's rate, evenly spaced. */
    record Even() implements ArrivalPattern {}

    /**
     * At recorded moments; the load's rate plays no part.
     *
     * @param file as it is named
     * @param nanos from the begin of the run, ascending
     */
    record Replay(String file, List<Long> nanos) implements ArrivalPattern {
        /** A day at ten a second. */
        public static final int MOST = 1_000_000;

        public Replay {
            nanos = List.copyOf(nanos);
            if (nanos.isEmpty() || nanos.size() > MOST) {
                throw new IllegalArgumentException(
                        "replay = " + file + ": " + nanos.size() + " moments: must be from 1 to " + MOST);
            }
            long before = 0;
            for (long moment : nanos) {
                if (moment < before) {
                    throw new IllegalArgumentException("replay = " + file + ": moment " + moment / 1e9
                            + " s stands after " + before / 1e9 + " s: must be ascending, from 0");
                }
                before = moment;
            }
        }

        /** The same at a speed. */
        public Replay atSpeed(double speed) {
            return new Replay(
                    file,
                    nanos.stream().map(moment -> Math.round(moment / speed)).toList());
        }
    }
}
