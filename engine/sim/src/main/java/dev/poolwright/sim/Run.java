package dev.poolwright.sim;

import dev.poolwright.model.fleet.Pooler.Mode;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedPooler;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** One run of one plan: takes the events in order and has them carried out. Used once; not thread-safe. */
final class Run {

    /** A plan that needs more is not simulated to its end, and the verdict is UNDECIDED. */
    static final long MOST_EVENTS = 500_000_000;

    private static final double LINGER_NANOS = 60e9;

    final World world;
    final Operations operations;
    final Borrows borrows;
    final Connects connects;
    final Startups startups;
    final Leaks leaks;
    private final Faults faults;
    private final long duration;
    private final long binNanos;
    private long eventCount;

    Run(Plan plan) {
        this.world = new World(plan);
        this.connects = new Connects(this);
        this.borrows = new Borrows(this);
        this.operations = new Operations(this);
        this.startups = new Startups(this);
        this.leaks = new Leaks(this);
        this.faults = new Faults(this);
        this.duration = plan.header().durationNanos();
        this.binNanos = plan.binNanos();
    }

    RunRecord go() {
        for (ServiceState service : world.services) {
            for (int i = 0; i < service.planned.instances(); i++) {
                startups.startReady(service);
            }
        }
        Sampler sampler = new Sampler(world);
        world.at(binNanos, Opcode.SAMPLE, 0, 0);
        faults.schedule();
        world.loads.forEach(operations::awaitNext);
        List<String> unmodelled = new ArrayList<>();
        long horizon = horizon();
        while (world.events.next()) {
            long moment = world.events.time();
            if (moment > horizon || (moment > duration && world.recorder.underWay() == 0)) {
                break;
            }
            if (eventCount++ >= MOST_EVENTS) {
                unmodelled.add("what follows the first " + MOST_EVENTS + " events");
                break;
            }
            world.now = moment;
            carryOut(sampler);
        }
        world.now = Math.max(world.now, duration);
        finish();
        unmodelled.addAll(faults.unmodelled());
        unmodelled.addAll(unmodelledPoolers());
        List<Series> series = new ArrayList<>(sampler.series());
        series.addAll(world.recorder.series());
        for (ServerState server : world.servers) {
            series.add(new Series(
                    "server/" + server.planned.name() + "/connects",
                    LongStream.of(server.connects).boxed().toList()));
        }
        return new RunRecord(
                "sim",
                world.plan.recordHeader(),
                binNanos,
                series,
                world.recorder.results(),
                world.recorder.happenings(),
                Health.ofSimulator(unmodelled));
    }

    long eventCount() {
        return eventCount;
    }

    /** Operations under way at the end of the plan may still end until then: the longest of the limits that end a wait, or 60 s of plan time. */
    private long horizon() {
        long longest = (long) (LINGER_NANOS / world.plan.header().speed());
        for (PlannedLoad load : world.plan.loads()) {
            longest = finite(longest, load.deadlineNanos());
        }
        for (ServiceState service : world.services) {
            for (PlannedPool pool : service.planned.pools()) {
                longest = finite(finite(longest, pool.acquireTimeoutNanos()), pool.connectTimeoutNanos());
            }
        }
        return duration + longest;
    }

    private static long finite(long longest, long next) {
        return next == Long.MAX_VALUE ? longest : Math.max(longest, next);
    }

    private List<String> unmodelledPoolers() {
        List<String> unmodelled = new ArrayList<>();
        for (PoolerState pooler : world.poolers) {
            PlannedPooler planned = pooler.planned;
            if (planned.mode() == Mode.STATEMENT) {
                unmodelled.add("statement mode of " + planned.name());
            }
            if (world.poolers.stream().anyMatch(other -> other.planned.name().equals(planned.at()))) {
                unmodelled.add("pooler " + planned.name() + " before pooler " + planned.at());
            }
        }
        return unmodelled;
    }

    private void finish() {
        for (Attempt attempt : world.underWay()) {
            if (!attempt.abandoned && attempt.startup == null) {
                world.recorder.ended(attempt.load().index, attempt.intended, world.now, Outcome.UNFINISHED);
            }
        }
        world.recorder.check();
    }

    private void carryOut(Sampler sampler) {
        EventList event = world.events;
        int id = event.id();
        switch (event.opcode()) {
            case ARRIVAL -> operations.arrival(world.loads.get(id));
            case RETRY -> {
                if (isNow(world.attempt(id))) {
                    operations.begin(world.attempt(id));
                }
            }
            case DEADLINE -> {
                if (world.attempt(id).life == event.generation()) {
                    operations.deadline(world.attempt(id));
                }
            }
            case WAIT_OVER -> {
                if (isNow(world.attempt(id))) {
                    borrows.waitOver(world.attempt(id));
                }
            }
            case WORK_DONE -> {
                if (world.servers.get(id).generation() == event.generation()) {
                    operations.workDone(world.servers.get(id));
                }
            }
            case DATABASE_END -> {
                if (isNow(world.attempt(id))) {
                    operations.databaseEnd(world.attempt(id));
                }
            }
            case HOLD_END -> {
                if (isNow(world.attempt(id))) {
                    operations.holdEnd(world.attempt(id));
                }
            }
            case RECLAIM -> {
                if (isNow(world.connection(id))) {
                    leaks.reclaim(world.connection(id));
                }
            }
            case PATH_CHANGE -> connects.change(world.paths.get(id));
            case ESTABLISHED -> {
                if (isNow(world.connection(id))) {
                    connects.established(world.connection(id));
                }
            }
            case PATH_REFUSED -> {
                if (isNow(world.connection(id))) {
                    connects.refused(world.connection(id));
                }
            }
            case CONNECTED -> {
                if (isNow(world.connection(id))) {
                    connects.connected(world.connection(id));
                }
            }
            case CONNECT_OVER -> {
                if (isNow(world.connection(id))) {
                    connects.over(world.connection(id));
                }
            }
            case CONNECT_SLOW -> {
                if (isNow(world.connection(id))) {
                    connects.slow(world.connection(id));
                }
            }
            case START -> startups.start(world.services.get(id));
            case STEP_DONE -> {
                if (isNow(world.instances.get(id))) {
                    startups.done(world.instances.get(id));
                }
            }
            case STEP_FAILED -> {
                if (isNow(world.instances.get(id))) {
                    startups.decideFailed(world.instances.get(id));
                }
            }
            case STEP_OVER -> {
                if (isNow(world.instances.get(id))) {
                    startups.over(world.instances.get(id));
                }
            }
            case PAUSE_OVER -> {
                if (isNow(world.instances.get(id))) {
                    startups.pauseOver(world.instances.get(id));
                }
            }
            case START_CUT -> {
                InstanceState instance = world.instances.get(id);
                if (instance.alive && !instance.ready) {
                    startups.cut(instance);
                }
            }
            case FAULT_BEGIN -> faults.begin(id);
            case FAULT_END -> faults.end(id);
            case SAMPLE -> {
                sampler.sample();
                if (world.now + binNanos <= duration) {
                    world.at(world.now + binNanos, Opcode.SAMPLE, 0, 0);
                }
            }
        }
    }

    private boolean isNow(Attempt attempt) {
        return attempt.generation == world.events.generation();
    }

    private boolean isNow(Connection connection) {
        return connection.generation == world.events.generation();
    }

    private boolean isNow(InstanceState instance) {
        return instance.generation == world.events.generation();
    }
}
