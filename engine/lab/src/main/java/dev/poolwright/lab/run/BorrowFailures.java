package dev.poolwright.lab.run;

import dev.poolwright.lab.run.Worker.Notes;
import dev.poolwright.lab.subject.Counts;
import dev.poolwright.lab.subject.Subject.Refused;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.verdict.LinkKind;

/** What a borrow that fails means for its operation and for the chain. Thread-safe. */
final class BorrowFailures {

    private final Notes notes;

    BorrowFailures(Notes notes) {
        this.notes = notes;
    }

    /** How the operation ends, and the first words of who refused it. */
    record Failure(Outcome outcome, String message) {}

    /** Notes a pool that has nothing left, before a caller asks it. */
    void noteFull(LabPool pool) {
        int limit = pool.limit();
        Counts counts = pool.counts();
        if (counts.inUse() >= limit) {
            notes.happened(
                    LinkKind.POOL_FULL,
                    pool.name(),
                    counts.inUse() + " of " + limit + " connections in use, " + (counts.waiting() + 1) + " wait");
        }
    }

    Failure of(LabPool pool, int process, Throwable thrown) {
        Refused refused = pool.refused(process, thrown);
        String message = refused.message();
        return switch (refused.why()) {
            case SERVER_FULL -> noted(LinkKind.SERVER_FULL, pool.server(), Outcome.CONNECT_FAILED, message);
            case ACQUIRE_TIMEOUT -> noted(LinkKind.ACQUIRE_TIMEOUT, pool.name(), Outcome.ACQUIRE_TIMEOUT, message);
            case WAITERS -> noted(LinkKind.ACQUIRE_REFUSED, pool.name(), Outcome.ACQUIRE_REFUSED, message);
            case CONNECT -> noted(LinkKind.CONNECT_REFUSED, pool.server(), Outcome.CONNECT_FAILED, message);
        };
    }

    private Failure noted(LinkKind kind, String subject, Outcome outcome, String message) {
        notes.happened(kind, subject, message);
        return new Failure(outcome, message);
    }
}
