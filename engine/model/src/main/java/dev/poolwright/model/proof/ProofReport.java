package dev.poolwright.model.proof;

import dev.poolwright.model.proof.ProofResult.State;
import java.time.Duration;
import java.util.List;

/** What a whole {@code proof.yaml} came to. */
public record ProofReport(Header header, List<ProofResult> results) {

    public ProofReport {
        results = List.copyOf(results);
    }

    /**
     * What was proven.
     *
     * @param directory as the user gave it
     * @param repeats asked of the lab; 0 when the lab was not asked for
     * @param took wall time of everything
     */
    public record Header(String directory, long seed, int repeats, Duration took) {}

    public long count(State state) {
        return results.stream().filter(one -> one.state() == state).count();
    }

    /** Whether every expectation that was tried is met, and at least one was tried. */
    public boolean met() {
        return exitCode() == 0;
    }

    /**
     * 0 every expectation that was tried is met, 1 one is not, 4 none is missed but one could not be decided, or none was
     * tried at all.
     */
    public int exitCode() {
        if (count(State.NOT_MET) > 0) {
            return 1;
        }
        return count(State.INVALID) + count(State.UNDECIDED) > 0 || count(State.MET) == 0 ? 4 : 0;
    }
}
