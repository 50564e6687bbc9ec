package dev.poolwright.sim;

import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.run.LoadResult.Outcome;

/**
 * The life of an operation: routed to a process, borrows, holds, gives back, and is tried again where its load says so. The
 * deadline counts from the begin of each try (the intended moment for the first); when it passes while the database still
 * works, the work goes on and is wasted, as it does with a client that does not cancel.
 */
final class Operations {

    private final Run run;
    private final World world;
    private final long requestTimeout;

    Operations(Run run) {
        this.run = run;
        this.world = run.world;
        this.requestTimeout = world.plan.topology().platform().requestTimeoutNanos();
    }

    /** Has the next operation of a load arrive in its time. */
    void awaitNext(LoadState load) {
        long next = load.arrivals.next();
        if (next < world.plan.header().durationNanos()) {
            world.at(next, Opcode.ARRIVAL, load.index, 0);
        }
    }

    void arrival(LoadState load) {
        Attempt attempt = world.takeAttempt();
        attempt.load = load;
        attempt.number = load.arrived++;
        attempt.intended = world.now;
        attempt.failures = 0;
        world.recorder.began(load.index, world.now);
        awaitNext(load);
        begin(attempt);
    }

    /** Begins a try. */
    void begin(Attempt attempt) {
        LoadState load = attempt.load();
        long patience = Math.min(load.planned.deadlineNanos(), requestTimeout);
        attempt.deadlineAt = patience > Long.MAX_VALUE - world.now ? Long.MAX_VALUE : world.now + patience;
        ServiceState service = load.service;
        int ready = service.ready.size();
        if (ready == 0) {
            service.ingress503.hit(
                    world.now, "0 instances of " + service.name() + " ready, " + service.starting.size() + " starting");
            end(attempt, Outcome.INGRESS_503);
            return;
        }
        InstanceState instance = service.ready.get((int) (attempt.number % ready));
        int place = (int) (attempt.number / ready % load.processes.length);
        enter(attempt, instance, instance.processes.get(load.processes[place]));
    }

    /** A query of a start-up: one borrow that no load counts. */
    void query(Attempt attempt, InstanceState instance, ProcessState process) {
        attempt.startup = instance;
        attempt.deadlineAt = Long.MAX_VALUE;
        enter(attempt, instance, process);
    }

    private void enter(Attempt attempt, InstanceState instance, ProcessState process) {
        attempt.process = process;
        attempt.placeInInstance = instance.attempts.size();
        instance.attempts.add(attempt);
        if (process.busyCallers >= process.callers) {
            attempt.enter(Attempt.State.WAITS_FOR_CALLER);
            process.waitForCaller.add(attempt);
            watchDeadline(attempt);
            return;
        }
        call(attempt, process);
    }

    private void call(Attempt attempt, ProcessState process) {
        process.busyCallers++;
        attempt.hasCaller = true;
        if (attempt.load().pools.length == 0) {
            done(attempt);
            return;
        }
        borrow(attempt, 0);
    }

    private void borrow(Attempt attempt, int index) {
        attempt.borrow = index;
        attempt.wanted = attempt.load().borrow(index).connections();
        run.borrows.ask(attempt, pool(attempt));
    }

    private static PoolState pool(Attempt attempt) {
        LoadState load = attempt.load();
        int place = attempt.fellBack ? load.fallbacks[attempt.borrow] : load.pools[attempt.borrow];
        return attempt.process().pool(place);
    }

    /** It got one connection. */
    void granted(Attempt attempt) {
        if (--attempt.wanted > 0) {
            run.borrows.ask(attempt, pool(attempt));
            return;
        }
        Connection connection = attempt.newest();
        PoolState.Route route = connection.pool().route;
        if (route.pair() == null || connection.pair != null) {
            work(attempt);
        } else {
            run.borrows.request(attempt, route.pair());
        }
    }

    /** The pooler gave it a server connection: for this work, or for as long as the client stays. */
    void paired(Attempt attempt, Connection pair) {
        Connection client = attempt.newest();
        PoolerState pooler = client.pool().route.pooler();
        if (pooler != null && pooler.bySession()) {
            client.pair = pair;
        } else {
            attempt.pair = pair;
        }
        work(attempt);
    }

    /** In the database: first on its processors, then waiting for anything else. */
    private void work(Attempt attempt) {
        LoadState load = attempt.load();
        PlannedLoad.Borrow borrow = load.borrow(attempt.borrow);
        PoolState.Route route = attempt.newest().pool().route;
        long takes = load.inDatabaseNanos(attempt.borrow, attempt.number);
        double onCpu = takes * borrow.onCpu();
        long adds = addedLatency(route);
        if (!attempt.lastTry()) {
            watchDeadline(attempt);
        }
        ServerState server = route.server();
        if (onCpu > 0 && server.sharesCores()) {
            attempt.restNanos = takes - (long) onCpu + adds;
            attempt.enter(Attempt.State.ON_CPU);
            server.begin(world.now, onCpu, attempt);
            awaitWork(server);
        } else {
            waitInDatabase(attempt, takes + adds);
        }
    }

    /** One round trip for the data of each borrow; the path's own latency is part of the stated hold. */
    private static long addedLatency(PoolState.Route route) {
        long adds = route.path() == null ? 0 : route.path().addsNanos;
        PoolState pair = route.pair();
        return adds + (pair == null ? 0 : addedLatency(pair.route));
    }

    private void awaitWork(ServerState server) {
        long next = server.nextEnd(world.now);
        if (next >= 0) {
            world.at(next, Opcode.WORK_DONE, server.index, server.generation());
        }
    }

    void workDone(ServerState server) {
        for (long piece = server.poll(world.now); piece >= 0; piece = server.poll(world.now)) {
            Attempt attempt = world.attempt((int) (piece >> Integer.SIZE));
            if (attempt.generation == (int) piece) {
                waitInDatabase(attempt, attempt.restNanos);
            }
        }
        awaitWork(server);
    }

    private void waitInDatabase(Attempt attempt, long nanos) {
        attempt.enter(Attempt.State.IN_DATABASE);
        if (attempt.pair != null) {
            world.at(world.now + nanos, Opcode.DATABASE_END, attempt.id, attempt.generation);
        } else {
            long outside = attempt.load().outsideNanos(attempt.borrow, attempt.number);
            world.at(world.now + nanos + outside, Opcode.HOLD_END, attempt.id, attempt.generation);
        }
    }

    void databaseEnd(Attempt attempt) {
        releasePair(attempt);
        attempt.enter(Attempt.State.OUTSIDE);
        long outside = attempt.load().outsideNanos(attempt.borrow, attempt.number);
        world.at(world.now + outside, Opcode.HOLD_END, attempt.id, attempt.generation);
    }

    void holdEnd(Attempt attempt) {
        if (!attempt.load().nestedAfter(attempt.borrow)) {
            run.leaks.leak(attempt);
            release(attempt);
        }
        if (attempt.borrow + 1 < attempt.load().pools.length) {
            borrow(attempt, attempt.borrow + 1);
        } else {
            done(attempt);
        }
    }

    private void done(Attempt attempt) {
        if (attempt.startup != null) {
            InstanceState instance = attempt.startup;
            quit(attempt);
            world.free(attempt);
            run.startups.queryDone(instance);
            return;
        }
        boolean late = world.now > attempt.deadlineAt;
        if (late && !attempt.abandoned) {
            missed(attempt);
        }
        quit(attempt);
        end(attempt, late ? Outcome.TOO_LATE : Outcome.SUCCEEDED);
    }

    /** It has failed: tried again if its load says so. Whatever it waited for it has left. */
    void failed(Attempt attempt, Outcome outcome) {
        quit(attempt);
        InstanceState startup = attempt.startup;
        if (startup != null) {
            world.free(attempt);
            run.startups.queryFailed(startup, outcome);
        } else if (attempt.abandoned || attempt.lastTry()) {
            end(attempt, outcome);
        } else {
            pause(attempt);
        }
    }

    void connectFailed(Attempt attempt) {
        run.borrows.noteWait(attempt);
        boolean canFallBack = !attempt.fellBack && attempt.load().fallbacks[attempt.borrow] >= 0;
        if (canFallBack && attempt.state == Attempt.State.CONNECTS) {
            attempt.fellBack = true;
            run.borrows.ask(attempt, pool(attempt));
        } else {
            failed(attempt, Outcome.CONNECT_FAILED);
        }
    }

    private void pause(Attempt attempt) {
        LoadState load = attempt.load();
        attempt.failures++;
        attempt.life++;
        attempt.deadlineKnown = false;
        attempt.fellBack = false;
        double draw = load.pauseDraw(attempt.failures, attempt.number);
        attempt.enter(Attempt.State.PAUSES);
        long pause = load.planned.backoff().nanos(attempt.failures, draw);
        world.at(world.now + pause, Opcode.RETRY, attempt.id, attempt.generation);
    }

    /** Has its deadline come to it; asked for only where it can matter, because most operations never see theirs. */
    void watchDeadline(Attempt attempt) {
        // One that passed while the database was at work has been told already, and is told again to who has to wait
        // after it.
        boolean toTell = !attempt.deadlineKnown || attempt.deadlineAt <= world.now;
        if (toTell && attempt.deadlineAt != Long.MAX_VALUE) {
            attempt.deadlineKnown = true;
            world.at(Math.max(world.now, attempt.deadlineAt), Opcode.DEADLINE, attempt.id, attempt.life);
        }
    }

    /** The caller leaves. */
    void deadline(Attempt attempt) {
        switch (attempt.state) {
            case WAITS_FOR_CALLER, WAITS_FOR_CONNECTION, CONNECTS, WAITS_FOR_POOLER, CONNECTS_FOR_POOLER -> {
                if (!attempt.abandoned) {
                    missed(attempt);
                }
                run.borrows.leave(attempt);
                failed(attempt, Outcome.GAVE_UP);
            }
            case ON_CPU, IN_DATABASE, OUTSIDE -> {
                if (!attempt.lastTry() && !attempt.abandoned) {
                    missed(attempt);
                    tryElsewhere(attempt);
                }
            }
            case FREE, PAUSES -> {}
        }
    }

    /** The caller of a try that is still at work tries again; what the old try does is wasted. */
    private void tryElsewhere(Attempt old) {
        Attempt next = world.takeAttempt();
        next.load = old.load;
        next.number = old.number;
        next.intended = old.intended;
        next.failures = old.failures;
        old.abandoned = true;
        pause(next);
    }

    private void missed(Attempt attempt) {
        Tally missed = attempt.load().deadlineMissed;
        if (missed.hit(world.now)) {
            missed.detail("an operation of " + attempt.load().planned.name() + " was not done after "
                    + Connects.seconds(world.now - attempt.intended) + ", it " + attempt.state.words());
        }
    }

    private void end(Attempt attempt, Outcome outcome) {
        if (!attempt.abandoned) {
            world.recorder.ended(attempt.load().index, attempt.intended, world.now, outcome);
        }
        world.free(attempt);
    }

    /** The attempt's process has no more to do with it. */
    private void quit(Attempt attempt) {
        release(attempt);
        ProcessState process = attempt.process;
        if (process == null) {
            return;
        }
        attempt.process = null;
        var attempts = process.instance.attempts;
        Attempt last = attempts.removeLast();
        if (last != attempt) {
            attempts.set(attempt.placeInInstance, last);
            last.placeInInstance = attempt.placeInInstance;
        }
        if (attempt.hasCaller) {
            attempt.hasCaller = false;
            process.busyCallers--;
            Attempt next = process.waitForCaller.poll();
            if (next != null) {
                call(next, process);
            }
        }
    }

    private void release(Attempt attempt) {
        releasePair(attempt);
        while (attempt.heldCount > 0) {
            run.borrows.giveBack(attempt.held[--attempt.heldCount]);
        }
    }

    private void releasePair(Attempt attempt) {
        Connection pair = attempt.pair;
        if (pair != null) {
            attempt.pair = null;
            run.borrows.giveBack(pair);
        }
    }

    /** Nobody wants it any more; a query in the database is cut with its connection. */
    void giveUp(Attempt attempt) {
        run.borrows.leave(attempt);
        releasePair(attempt);
        while (attempt.heldCount > 0) {
            run.connects.close(attempt.held[--attempt.heldCount]);
        }
        quit(attempt);
        world.free(attempt);
    }

    /** Its instance is gone: nothing is given back, because all of it is closed. */
    void cut(Attempt attempt) {
        run.borrows.leave(attempt);
        releasePair(attempt);
        attempt.heldCount = 0;
        attempt.hasCaller = false;
    }
}
