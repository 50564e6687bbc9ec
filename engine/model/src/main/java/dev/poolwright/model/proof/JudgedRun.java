package dev.poolwright.model.proof;

import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.Figure;
import dev.poolwright.model.verdict.Verdict;
import java.util.List;

/**
 * What a run saw and what it came to.
 *
 * @param figures what the expectation asks to be seen in it beside the verdict
 */
public record JudgedRun(RunRecord record, Verdict verdict, List<Figure> figures) {

    public JudgedRun {
        figures = List.copyOf(figures);
    }

    public JudgedRun(RunRecord record, Verdict verdict) {
        this(record, verdict, List.of());
    }

    public JudgedRun withFigures(List<Figure> seen) {
        return new JudgedRun(record, verdict, seen);
    }

    /** Whether the lab measured it; the simulator predicted it otherwise. */
    public boolean measured() {
        return record.source().equals("lab");
    }
}
