package dev.poolwright.lab.run;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.ProxyFault;
import dev.poolwright.proxy.Share;
import java.io.IOException;
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
        boolean onServer = fault instanceof Fault.SlowConnect
                || fault instanceof Fault.ServerFull
                || (fault instanceof ProxyFault one && one.onServer());
        Share share = new Share(fault.share(), plan.header().seed());
        return ProxyFaults.of(fault, full -> Paths.limitOf(plan.topology().server(full.on()), full.connections()))
                .map(inProxy -> onServer
                        ? paths.onServer(fault.on(), inProxy, share)
                        : paths.onPath(fault.on(), inProxy, share));
    }
}
