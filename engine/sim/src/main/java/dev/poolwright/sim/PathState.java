package dev.poolwright.sim;

import dev.poolwright.model.plan.Topology.PlannedPath;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.policy.PathLaw;
import dev.poolwright.policy.PathSettings;
import java.util.ArrayDeque;
import java.util.Deque;

/** A path: its law, and what faults add to it. Not thread-safe. */
final class PathState {

    /** How many connects may wait for one path; more are refused. */
    private static final int WAITERS = 1 << 16;

    final int index;
    final PlannedPath planned;
    final PathLaw law;
    final Tally full;
    long addsNanos;
    /** Faults in force that refuse connects. */
    int refusing;
    /** Faults in force that leave connects without an answer. */
    int silent;
    /** Connects without an answer, in order of their begin, those that gave up since among them. Emptied as the fault ends. */
    final Deque<Unanswered> unanswered = new ArrayDeque<>();

    long changeAt = PathLaw.NEVER;

    PathState(int index, PlannedPath planned, Recorder recorder) {
        this.index = index;
        this.planned = planned;
        this.law = new PathLaw(new PathSettings(
                planned.connections(),
                planned.connectionsMaximum(),
                planned.latencyNanos(),
                planned.scaleOutDelayNanos(),
                planned.stressLatencyNanos(),
                WAITERS));
        this.full = recorder.tally(LinkKind.PATH_FULL, planned.name());
    }

    /** A connect that may be given up before it is answered: then its generation is another. */
    record Unanswered(Connection connection, int generation) {}

    void sayFull(long now) {
        if (full.hit(now)) {
            full.detail(law.open() + " of " + law.capacity() + " connections, " + law.waiting() + " waits");
        }
    }
}
