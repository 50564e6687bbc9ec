package dev.poolwright.lab.run;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.proxy.Latency;
import dev.poolwright.proxy.PathCap;
import dev.poolwright.proxy.SlowConnect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the plan's faults in force at their moments, lifts them, and starts what is to be started. */
final class Timeline {

    private final Plan plan;
    private final RunClock clock;
    private final Paths paths;
    private final Supervisor supervisor;
    private final Later later;

    Timeline(Plan plan, RunClock clock, Paths paths, Supervisor supervisor, Later later) {
        this.plan = plan;
        this.clock = clock;
        this.paths = paths;
        this.supervisor = supervisor;
        this.later = later;
    }

    /** What of the plan the lab cannot do yet; a run with any is UNDECIDED. */
    static List<String> unmodelled(Plan plan) {
        List<String> missing = new ArrayList<>();
        for (Fault fault : plan.faults()) {
            if (fault instanceof Fault.Reset) {
                missing.add("fault reset");
            }
        }
        return missing;
    }

    void schedule() {
        for (Fault fault : plan.faults()) {
            later.in(fault.at().toNanos() - clock.nanos(), () -> begin(fault));
        }
    }

    private void begin(Fault fault) throws IOException {
        if (fault instanceof Fault.StartInstances start) {
            for (int i = 0; i < start.count(); i++) {
                supervisor.start(start.on());
            }
        } else if (fault instanceof Fault.RestartInstances restart) {
            supervisor.restart(restart.on());
        } else {
            apply(fault).ifPresent(lift -> later.in(fault.end().toNanos() - clock.nanos(), lift::run));
        }
    }

    private Optional<Runnable> apply(Fault fault) {
        if (fault instanceof Fault.PathCap cap) {
            return Optional.of(paths.onPath(cap.on(), new PathCap(cap.connections(), cap.scaleOutDelay())));
        }
        if (fault instanceof Fault.Latency latency) {
            return Optional.of(paths.onPath(latency.on(), Latency.ofRoundTrip(latency.adds())));
        }
        if (fault instanceof Fault.SlowConnect slow) {
            return Optional.of(paths.onServer(slow.on(), new SlowConnect(slow.adds())));
        }
        if (fault instanceof Fault.ServerFull full) {
            return Optional.of(
                    paths.onServer(full.on(), Paths.limitOf(plan.topology().server(full.on()), full.connections())));
        }
        return Optional.empty();
    }
}
