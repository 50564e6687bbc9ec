package dev.poolwright.model.proof;

import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.Verdict;

/** What a run saw and what it came to. */
public record JudgedRun(RunRecord record, Verdict verdict) {

    /** Whether the lab measured it; the simulator predicted it otherwise. */
    public boolean measured() {
        return record.source().equals("lab");
    }
}
