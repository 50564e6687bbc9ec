package dev.poolwright.sim;

import dev.poolwright.model.plan.Topology.PlannedPath;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.policy.PathLaw;
import dev.poolwright.policy.PathSettings;

/** A path: its law, and what faults add to it. Not thread-safe. */
final class PathState {

    /** How many connects may wait for one path; more are refused. */
    private static final int WAITERS = 1 << 16;

    final int index;
    final PlannedPath planned;
    final PathLaw law;
    final Tally full;
    long addsNanos;
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

    void sayFull(long now) {
        if (full.hit(now)) {
            full.detail(law.open() + " of " + law.capacity() + " connections, " + law.waiting() + " waits");
        }
    }
}
