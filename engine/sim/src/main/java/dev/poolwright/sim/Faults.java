package dev.poolwright.sim;

import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.ProxyFault;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong, or is done, at a moment of the plan: one case for each kind. */
final class Faults {

    private final Run run;
    private final World world;
    private final List<String> unmodelled = new ArrayList<>();

    Faults(Run run) {
        this.run = run;
        this.world = run.world;
    }

    /** What was in the plan and not executed. */
    List<String> unmodelled() {
        return unmodelled;
    }

    void schedule() {
        List<Fault> faults = world.plan.faults();
        for (int i = 0; i < faults.size(); i++) {
            world.at(faults.get(i).at().toNanos(), Opcode.FAULT_BEGIN, i, 0);
        }
    }

    void begin(int place) {
        Fault fault = world.plan.faults().get(place);
        switch (fault) {
            case Fault.PathCap cap -> {
                PathState path = path(cap);
                path.law.cap(world.now, cap.connections(), cap.scaleOutDelay().toNanos());
                run.connects.settle(path);
            }
            case Fault.Latency latency ->
                path(latency).addsNanos += latency.adds().toNanos();
            case Fault.SlowConnect slow ->
                server(slow).connectAddsNanos += slow.adds().toNanos();
            case Fault.ServerFull full -> limit(server(full));
            // Asked for at each give-back, by the moment at which the operation was to begin.
            case Fault.Leak leak -> {}
            case Fault.Reset reset ->
                unmodelled.add("fault " + reset.word() + " on " + reset.on()
                        + " (connections that break while they are open)");
            case ProxyFault proxied -> begin(proxied);
            case Fault.StartInstances start -> {
                for (int i = 0; i < start.count(); i++) {
                    run.startups.start(world.service(start.on()));
                }
            }
            case Fault.RestartInstances restart -> run.startups.restartAll(world.service(restart.on()));
        }
        if (!fault.lasts().isZero()) {
            world.at(fault.end().toNanos(), Opcode.FAULT_END, place, 0);
        }
    }

    void end(int place) {
        Fault fault = world.plan.faults().get(place);
        switch (fault) {
            case Fault.PathCap cap -> {
                PathState path = path(cap);
                path.law.uncap(world.now);
                run.connects.settle(path);
            }
            case Fault.Latency latency ->
                path(latency).addsNanos -= latency.adds().toNanos();
            case Fault.SlowConnect slow ->
                server(slow).connectAddsNanos -= slow.adds().toNanos();
            case Fault.ServerFull full -> limit(server(full));
            case Fault.Reset reset -> {}
            case Fault.Leak leak -> {}
            case ProxyFault proxied -> end(proxied);
            case Fault.StartInstances start -> {}
            case Fault.RestartInstances restart -> {}
        }
    }

    private void begin(ProxyFault fault) {
        if (!isModelled(fault)) {
            unmodelled.add("fault " + fault.word() + " on " + fault.on() + " ("
                    + (fault.unmodelled().isEmpty() ? "a share of connects" : fault.unmodelled()) + ")");
        } else if (fault instanceof ProxyFault.Refuse) {
            path(fault).refusing++;
        } else if (fault instanceof ProxyFault.AcceptSilent) {
            path(fault).silent++;
        } else if (fault instanceof ProxyFault.SlowAuth slow) {
            server(slow).connectAddsNanos += slow.adds().toNanos();
        }
    }

    private void end(ProxyFault fault) {
        if (!isModelled(fault)) {
            return;
        }
        if (fault instanceof ProxyFault.Refuse) {
            path(fault).refusing--;
        } else if (fault instanceof ProxyFault.AcceptSilent) {
            PathState path = path(fault);
            path.silent--;
            run.connects.answer(path);
        } else if (fault instanceof ProxyFault.SlowAuth slow) {
            server(slow).connectAddsNanos -= slow.adds().toNanos();
        }
    }

    private static boolean isModelled(ProxyFault fault) {
        boolean known = fault instanceof ProxyFault.Refuse
                || fault instanceof ProxyFault.AcceptSilent
                || fault instanceof ProxyFault.SlowAuth;
        return known && fault.unmodelled().isEmpty() && fault.share() == 1;
    }

    /** The least that any fault of this moment leaves; connections that are open above it stay open. */
    private void limit(ServerState server) {
        server.limit = world.plan.faults().stream()
                .filter(fault -> fault.on().equals(server.planned.name()))
                .filter(fault -> fault.at().toNanos() <= world.now
                        && world.now < fault.end().toNanos())
                .mapToInt(fault -> fault instanceof Fault.ServerFull full ? full.connections() : Integer.MAX_VALUE)
                .reduce(server.planned.connections(), Math::min);
    }

    private PathState path(Fault fault) {
        PathState path = world.path(fault.on());
        if (path == null) {
            throw new IllegalStateException(
                    "fault " + fault.word() + ": on = " + fault.on() + ": the plan has no such path");
        }
        return path;
    }

    private ServerState server(Fault fault) {
        return world.server(fault.on());
    }
}
