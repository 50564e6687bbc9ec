package dev.poolwright.sim;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.Topology.PlannedPlatform;
import dev.poolwright.model.plan.Topology.PlannedStep;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.Draws;
import dev.poolwright.policy.StartupDecision.Directive;
import dev.poolwright.policy.StartupDecision.Exit;
import dev.poolwright.policy.StartupDecision.Pause;
import dev.poolwright.policy.StartupDecision.Ready;
import dev.poolwright.policy.StartupDecision.Try;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Starts, stops and restarts instances. What a start-up does next is asked of {@code StartupDecision}, the class that the
 * start-up library itself runs; this only carries out the tries.
 */
final class Startups {

    /** A try that fails at the very moment of its begin still takes this long (plan time), or tries without a pause would never let time pass. */
    private static final double LEAST_TRY_NANOS = 1e6;

    private final Run run;
    private final World world;
    private final PlannedPlatform platform;

    Startups(Run run) {
        this.run = run;
        this.world = run.world;
        this.platform = world.plan.topology().platform();
    }

    /** An instance that is ready from the begin of the run: it has started up before, so it has what its start-up opens. */
    void startReady(ServiceState service) {
        InstanceState instance = world.newInstance(service);
        becomeReady(instance);
        for (List<PlannedStep> phase : service.planned.steps()) {
            for (PlannedStep step : phase) {
                if (step.kind() == StartupPhase.Kind.CONNECT) {
                    openBefore(instance, step);
                }
            }
        }
    }

    private void openBefore(InstanceState instance, PlannedStep step) {
        int place = instance.service.placeOf(step.pool());
        for (ProcessState process : instance.processes) {
            PoolState pool = process.pools[place];
            while (pool != null && pool.open() < step.connections() && pool.mayOpen()) {
                run.connects.open(pool, null, null);
            }
        }
    }

    void start(ServiceState service) {
        InstanceState instance = world.newInstance(service);
        service.starting.add(instance);
        if (platform.startLimitNanos() != Long.MAX_VALUE) {
            world.at(world.now + platform.startLimitNanos(), Opcode.START_CUT, instance.id, 0);
        }
        apply(instance, instance.startup.begin(world.now));
    }

    private void becomeReady(InstanceState instance) {
        ServiceState service = instance.service;
        service.starting.remove(instance);
        instance.ready = true;
        int place = service.ready.size();
        while (place > 0 && service.ready.get(place - 1).id > instance.id) {
            place--;
        }
        service.ready.add(place, instance);
        for (ProcessState process : instance.processes) {
            for (int i = 0; i < process.pools.length; i++) {
                PoolState pool = process.pools[i];
                int idle = service.planned.pools().get(i).minimumIdle();
                while (pool != null && pool.open() < idle && pool.mayOpen()) {
                    run.connects.open(pool, null, null);
                }
            }
        }
    }

    private void apply(InstanceState instance, Directive directive) {
        instance.generation++;
        switch (directive) {
            case Try next -> {
                instance.tryBegan = world.now;
                if (next.deadlineNanos() != Long.MAX_VALUE) {
                    world.at(next.deadlineNanos(), Opcode.STEP_OVER, instance.id, instance.generation);
                }
                carryOut(instance, step(instance, next));
            }
            case Pause pause -> world.at(pause.untilNanos(), Opcode.PAUSE_OVER, instance.id, instance.generation);
            case Ready ready -> becomeReady(instance);
            case Exit exit -> exit(instance, exit);
        }
    }

    private static PlannedStep step(InstanceState instance, Try next) {
        return instance.service.planned.steps().get(next.phase()).get(next.step());
    }

    private void carryOut(InstanceState instance, PlannedStep step) {
        switch (step.kind()) {
            case WORK -> world.at(world.now + step.takesNanos(), Opcode.STEP_DONE, instance.id, instance.generation);
            case CONNECT -> connect(instance, step);
            case QUERY -> query(instance, step);
        }
    }

    private void connect(InstanceState instance, PlannedStep step) {
        int place = instance.service.placeOf(step.pool());
        instance.stillToOpen = 0;
        for (ProcessState process : instance.processes) {
            PoolState pool = process.pools[place];
            if (pool == null) {
                continue;
            }
            String incompatible = pool.settings.incompatible();
            if (!incompatible.isEmpty()) {
                pool.incompatible.hit(world.now, incompatible);
                instance.service.sessionFailed.hit(world.now, "no session of " + pool.name() + " can be made");
                failed(instance, incompatible);
                return;
            }
            int count = Math.min(step.connections(), pool.settings.limit() - pool.open());
            for (int i = 0; i < count; i++) {
                instance.stillToOpen++;
                instance.opening.add(run.connects.open(pool, null, instance));
            }
        }
        if (instance.stillToOpen == 0) {
            world.at(world.now, Opcode.STEP_DONE, instance.id, instance.generation);
        }
    }

    /** One connection of a connect step is open. */
    void opened(InstanceState instance) {
        if (--instance.stillToOpen == 0) {
            done(instance);
        }
    }

    private void query(InstanceState instance, PlannedStep step) {
        Duration takes = Duration.ofNanos(step.takesNanos());
        PlannedLoad.Borrow borrow = new PlannedLoad.Borrow(
                step.pool(), 1, false, Distribution.constant(takes), Distribution.constant(Duration.ZERO), 0);
        PlannedLoad query = new PlannedLoad(
                step.pool() + " at start",
                instance.service.name(),
                "",
                List.of(),
                List.of(borrow),
                Long.MAX_VALUE,
                0,
                Backoff.NONE);
        Attempt attempt = world.takeAttempt();
        attempt.load = new LoadState(query, -1, instance.service, world.draws);
        instance.query = attempt;
        ProcessState process = instance.processes.get(attempt.load.processes[0]);
        run.operations.query(attempt, instance, process);
    }

    void queryDone(InstanceState instance) {
        instance.query = null;
        done(instance);
    }

    void queryFailed(InstanceState instance, Outcome outcome) {
        instance.query = null;
        if (instance.alive) {
            failed(instance, outcome.name());
        }
    }

    /** The step of the try is done; what it opened stays in the pools. */
    void done(InstanceState instance) {
        List<Connection> opened = List.copyOf(instance.opening);
        instance.opening.clear();
        for (Connection connection : opened) {
            run.borrows.returned(connection);
        }
        apply(instance, instance.startup.succeeded(world.now));
    }

    /** The try failed: what it opened is closed, what is under way is given up. */
    void failed(InstanceState instance, String cause) {
        instance.generation++;
        giveUp(instance);
        instance.cause = cause;
        if (world.now == instance.tryBegan) {
            long later = (long) Math.ceil(LEAST_TRY_NANOS / world.plan.header().speed());
            world.at(world.now + later, Opcode.STEP_FAILED, instance.id, instance.generation);
        } else {
            decideFailed(instance);
        }
    }

    void decideFailed(InstanceState instance) {
        Draws.Stream draws = world.draws.stream(instance.service.name() + "#" + instance.id, "startup");
        double draw = draws.uniform(instance.failures++);
        apply(instance, instance.startup.failed(world.now, instance.cause, draw));
    }

    /** The deadline of a try has come. */
    void over(InstanceState instance) {
        failed(instance, "a try was not done after " + Connects.seconds(world.now - instance.tryBegan));
    }

    void pauseOver(InstanceState instance) {
        apply(instance, instance.startup.tick(world.now));
    }

    private void giveUp(InstanceState instance) {
        List<Connection> opening = List.copyOf(instance.opening);
        instance.opening.clear();
        opening.forEach(run.connects::close);
        Attempt query = instance.query;
        if (query != null) {
            instance.query = null;
            query.startup = null;
            query.abandoned = true;
            run.operations.giveUp(query);
        }
    }

    private void exit(InstanceState instance, Exit exit) {
        String phase = String.format(
                Locale.ROOT,
                "%s took %s of %s, step %s: %s",
                exit.phase(),
                Connects.seconds(exit.elapsedNanos()),
                Connects.seconds(exit.limitNanos()),
                exit.step(),
                exit.cause());
        ServiceState service = instance.service;
        if (exit.elapsedNanos() >= exit.limitNanos()) {
            world.recorder
                    .tally(LinkKind.PHASE_OVER, service.name() + "/" + exit.phase())
                    .hit(world.now, phase);
        }
        service.exit.hit(world.now, "instance " + (instance.id + 1) + ": " + exit.reason() + ", " + phase);
        stop(instance);
        restart(service);
    }

    void cut(InstanceState instance) {
        instance.service.startCut.hit(
                world.now,
                "not ready after " + Connects.seconds(platform.startLimitNanos()) + ", in phase "
                        + instance.startup.phase());
        stop(instance);
        restart(instance.service);
    }

    private void restart(ServiceState service) {
        world.at(world.now + platform.restartDelayNanos(), Opcode.START, service.index, 0);
    }

    /** Stops every instance of a service and starts as many again. */
    void restartAll(ServiceState service) {
        List<InstanceState> running = new ArrayList<>(service.ready);
        running.addAll(service.starting);
        running.forEach(this::stop);
        running.forEach(one -> start(service));
    }

    /** Everything of the instance is closed; operations under way in it fail. */
    private void stop(InstanceState instance) {
        ServiceState service = instance.service;
        instance.alive = false;
        instance.generation++;
        service.ready.remove(instance);
        service.starting.remove(instance);
        instance.opening.clear();
        List<Attempt> attempts = List.copyOf(instance.attempts);
        attempts.forEach(run.operations::cut);
        for (ProcessState process : instance.processes) {
            for (int i = 0; i < process.pools.length; i++) {
                PoolState pool = process.pools[i];
                if (pool != null) {
                    close(pool, process);
                }
            }
        }
        attempts.forEach(attempt -> run.operations.failed(attempt, Outcome.ERROR));
    }

    private void close(PoolState pool, ProcessState process) {
        pool.close();
        pool.totals.limit -= pool.countedLimit(process.callers);
        while (pool.open() > 0) {
            run.connects.close(pool.connections.getLast());
        }
    }
}
