package dev.poolwright.sim;

import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.run.LoadResult.Outcome;
import org.jspecify.annotations.Nullable;

/** Asking a pool for a connection and giving it back; pools of services and of poolers alike. */
final class Borrows {

    private final Run run;
    private final World world;

    Borrows(Run run) {
        this.run = run;
        this.world = run.world;
    }

    /** An attempt asks the pool of its current borrow. */
    void ask(Attempt attempt, PoolState pool) {
        attempt.askedAt = world.now;
        attempt.queued = false;
        if (attempt.startup == null) {
            world.recorder.load(attempt.load().index).attempted(attempt.intended);
        }
        request(attempt, pool);
    }

    /** An attempt asks for one connection; it gets it, waits, or fails, and is told so. */
    void request(Attempt attempt, PoolState pool) {
        attempt.asked = pool;
        PoolState.PoolSettings settings = pool.settings;
        if (!settings.incompatible().isEmpty()) {
            pool.incompatible.hit(world.now, settings.incompatible());
            sessionFailed(pool);
            noteWait(attempt);
            run.operations.failed(attempt, Outcome.SESSION_FAILED);
            return;
        }
        Connection free = pollFresh(pool);
        if (free != null) {
            grant(attempt, free);
        } else if (pool.mayOpen()) {
            openFor(attempt, pool);
        } else {
            await(attempt, pool);
        }
    }

    private void sessionFailed(PoolState pool) {
        if (pool.service != null) {
            pool.service.sessionFailed.hit(world.now, "no session of " + pool.name() + " can be made");
        }
    }

    private void openFor(Attempt attempt, PoolState pool) {
        attempt.enter(pool.isOfPooler() ? Attempt.State.CONNECTS_FOR_POOLER : Attempt.State.CONNECTS);
        attempt.connecting = run.connects.open(pool, attempt, null);
        run.operations.watchDeadline(attempt);
    }

    private void await(Attempt attempt, PoolState pool) {
        PoolState.PoolSettings settings = pool.settings;
        if (pool.full.hit(world.now)) {
            pool.full.detail(pool.open() + " of " + settings.limit() + " connections of one process, "
                    + (pool.waiting.size() + 1) + " waits");
        }
        if (settings.waiters() != Topology.UNLIMITED && pool.waiting.size() >= settings.waiters()) {
            pool.refused.hit(world.now, pool.waiting.size() + " of " + settings.waiters() + " wait already");
            noteWait(attempt);
            noteRefusal(attempt, pool);
            run.operations.failed(attempt, Outcome.ACQUIRE_REFUSED);
            return;
        }
        if (settings.acquireTimeoutNanos() == 0) {
            timedOut(attempt, pool);
            return;
        }
        attempt.enter(pool.isOfPooler() ? Attempt.State.WAITS_FOR_POOLER : Attempt.State.WAITS_FOR_CONNECTION);
        pool.waiting.add(attempt);
        attempt.queued = true;
        pool.totals.waiting++;
        if (settings.acquireTimeoutNanos() != Long.MAX_VALUE) {
            world.at(world.now + settings.acquireTimeoutNanos(), Opcode.WAIT_OVER, attempt.id, attempt.generation);
        }
        run.operations.watchDeadline(attempt);
    }

    void waitOver(Attempt attempt) {
        PoolState pool = asked(attempt);
        pool.waiting.remove(attempt);
        pool.totals.waiting--;
        timedOut(attempt, pool);
    }

    private void timedOut(Attempt attempt, PoolState pool) {
        pool.timeout.hit(
                world.now,
                "waited " + Connects.seconds(pool.settings.acquireTimeoutNanos()) + " for one of " + pool.open()
                        + " connections");
        noteWait(attempt);
        noteRefusal(attempt, pool);
        run.operations.failed(attempt, Outcome.ACQUIRE_TIMEOUT);
    }

    private void noteRefusal(Attempt attempt, PoolState pool) {
        if (attempt.startup == null && !pool.isOfPooler()) {
            pool.totals.refused(world.now, world.now - attempt.askedAt);
        }
    }

    /** The attempt stops waiting for whatever it waits for; a connect that is under way for it goes on without it. */
    void leave(Attempt attempt) {
        if (attempt.line != null) {
            attempt.line.remove(attempt);
            if (attempt.state != Attempt.State.WAITS_FOR_CALLER) {
                asked(attempt).totals.waiting--;
                noteWait(attempt);
            }
        }
        if (attempt.connecting != null) {
            attempt.connecting.owner = null;
            attempt.connecting = null;
            noteWait(attempt);
        }
    }

    /** The wait is over, whatever came of it; one that was given up counts with its full length. */
    void noteWait(Attempt attempt) {
        if (attempt.startup == null && attempt.asked != null && !attempt.asked.isOfPooler()) {
            world.recorder.load(attempt.load().index).waited(attempt.intended, world.now - attempt.askedAt);
        }
    }

    /** The attempt has this connection from now on. */
    void grant(Attempt attempt, Connection connection) {
        PoolState pool = connection.pool();
        connection.state = Connection.State.IN_USE;
        pool.totals.inUse++;
        if (pool.isOfPooler()) {
            run.operations.paired(attempt, connection);
            return;
        }
        noteWait(attempt);
        if (attempt.queued) {
            pool.totals.servedLate(world.now);
        }
        if (pool.waiting.firstAskedAt() < attempt.askedAt) {
            pool.totals.overtook(world.now);
        }
        attempt.hold(connection);
        run.operations.granted(attempt);
    }

    void giveBack(Connection connection) {
        connection.pool().totals.inUse--;
        connection.state = Connection.State.IDLE;
        returned(connection);
    }

    /**
     * An open connection that nobody has: to the first who waits, else kept while fewer than {@code size} are idle, else
     * closed. What counts is the idle ones, as in SQLAlchemy's QueuePool (its queue of idle connections has that many
     * places), so a pool does not give up an open connection because others are still being opened.
     */
    void returned(Connection connection) {
        PoolState pool = connection.pool();
        if (pool.waiting.size() > 0 && isFresh(connection)) {
            Attempt first = pool.waiting.poll();
            if (first != null) {
                pool.totals.waiting--;
                grant(first, connection);
                return;
            }
        }
        if (pool.idleCount() < pool.settings.size() && !pool.closed && isFresh(connection)) {
            pool.keep(connection);
        } else {
            run.connects.close(connection);
            openForWaiting(pool);
        }
    }

    /** Room that a failed or closed connection left goes to the first who waits, or nobody would ever wake it. */
    void openForWaiting(PoolState pool) {
        while (!pool.closed && pool.mayOpen()) {
            Attempt first = pool.waiting.poll();
            if (first == null) {
                return;
            }
            pool.totals.waiting--;
            openFor(first, pool);
        }
    }

    private @Nullable Connection pollFresh(PoolState pool) {
        for (Connection idle = pool.pollIdle(); idle != null; idle = pool.pollIdle()) {
            if (isFresh(idle)) {
                return idle;
            }
            run.connects.close(idle);
        }
        return null;
    }

    private boolean isFresh(Connection connection) {
        return world.now - connection.openedAt < connection.pool().settings.maxLifetimeNanos();
    }

    private static PoolState asked(Attempt attempt) {
        if (attempt.asked == null) {
            throw new IllegalStateException("attempt " + attempt.id + " has asked no pool");
        }
        return attempt.asked;
    }
}
