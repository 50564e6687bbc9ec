package dev.poolwright.model.verdict;

import java.util.List;

/**
 * What a run came to.
 *
 * @param reasons one sentence each, with figures; for HOLDS what was looked at
 * @param chain how it broke; empty when it holds
 * @param owner whose the break is; undetermined when it holds
 */
public record Verdict(Outcome outcome, List<String> reasons, Chain chain, Owner owner) {

    public Verdict {
        reasons = List.copyOf(reasons);
    }

    /** The four outcomes. */
    public enum Outcome {
        /** Every objective is met and nothing failed. */
        HOLDS,
        /** An objective is missed, or something failed. */
        BREAKS,
        /** Too few samples, an unknown term, or a fault that is not modelled. */
        UNDECIDED,
        /** The run proves nothing: evidence missing, generator lag, generator CPU, unplanned restart, leftovers. */
        INVALID
    }
}
