package dev.poolwright.lab.run;

import dev.poolwright.lab.run.BorrowFailures.Failure;
import dev.poolwright.lab.run.Operation.Hold;
import dev.poolwright.lab.run.Worker.Notes;
import dev.poolwright.lab.subject.ReactiveSubject.Session;
import dev.poolwright.model.run.LoadResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One try of one operation on pools whose callers do not block: the same borrow, hold and give-back as {@link Attempt}, each
 * step begun when the one before completes, so no thread waits. Its fields are written by one step after another, and each step happens before the next.
 */
final class ReactiveAttempt {

    /** In the from clause, since not every client can read the void that the function returns. */
    static final String SLEEP = "select count(*) from pg_sleep($1)";

    private static final String EVIDENCE = "with quick as (select set_config('synchronous_commit', 'off', true))"
            + " insert into evidence (run, stream, sequence) select $1::text, $2::int, $3::bigint from quick on conflict do nothing";
    private static final long MILLISECOND = 1_000_000;

    private final Operation operation;
    private final Map<String, LabPool> pools;
    private final RunClock clock;
    private final ScheduledExecutorService timer;
    private final BorrowFailures failures;

    private long waited;
    private boolean wrote;

    ReactiveAttempt(
            Operation operation,
            Map<String, LabPool> pools,
            RunClock clock,
            ScheduledExecutorService timer,
            Notes notes) {
        this.operation = operation;
        this.pools = pools;
        this.clock = clock;
        this.timer = timer;
        this.failures = new BorrowFailures(notes);
    }

    /** Whether all pools of an operation are of this kind, or none; a mixture is refused, since one half would block the other. */
    static boolean suits(Operation operation, Map<String, LabPool> pools) {
        long reactive = operation.holds().stream()
                .map(hold -> pools.get(hold.pool()))
                .filter(pool -> pool != null && pool.isReactive())
                .count();
        if (reactive != 0 && reactive != operation.holds().size()) {
            throw new IllegalStateException(
                    "load = " + operation.load()
                            + ": borrows from pools that block and from pools that do not; the lab loads either kind, not a mixture");
        }
        return reactive > 0;
    }

    /** Completes with what became of it, never exceptionally. */
    CompletableFuture<Ended> run() {
        return borrow(0).handle((done, failure) -> failure == null ? inTime() : failed(cause(failure)));
    }

    private Ended inTime() {
        return ended(clock.nanos() <= operation.deadlineNanos() ? Outcome.SUCCEEDED : Outcome.TOO_LATE, "");
    }

    private Ended failed(Throwable failure) {
        if (failure instanceof AcquireFailed acquire) {
            return ended(acquire.failure.outcome(), acquire.failure.message());
        }
        if (failure instanceof CancellationException) {
            return ended(Outcome.GAVE_UP, "");
        }
        String instance = failure instanceof RejectedExecutionException ? "the instance ended: " : "";
        return ended(Outcome.ERROR, instance + failure.getMessage());
    }

    private Ended ended(Outcome outcome, String error) {
        return new Ended(outcome, waited, wrote, error);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private CompletableFuture<?> borrow(int index) {
        Hold hold = operation.holds().get(index);
        LabPool pool = pools.get(hold.pool());
        if (pool == null) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("pool = " + hold.pool() + ": this instance does not have it"));
        }
        boolean last = index + 1 == operation.holds().size();
        boolean nests = !last && operation.holds().get(index + 1).nested();
        List<Session> held = new ArrayList<>();
        CompletableFuture<?> done = acquire(pool, held, hold.connections())
                .thenCompose(all -> hold(held.get(0), hold, index))
                .thenCompose(held1 -> nests ? borrow(index + 1) : CompletableFuture.completedFuture(null))
                .handle((ok, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> giveBack(held, failure));
        return last || nests ? done : done.thenCompose(ok -> borrow(index + 1));
    }

    /** All of them, whatever came before; then the failure goes on. */
    private static CompletableFuture<?> giveBack(List<Session> held, Optional<Throwable> failure) {
        CompletableFuture<?>[] all = held.stream().map(Session::giveBack).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all)
                .thenCompose(back -> failure.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(cause(failure.get())));
    }

    private CompletableFuture<?> acquire(LabPool pool, List<Session> held, int connections) {
        if (held.size() == connections) {
            return CompletableFuture.completedFuture(null);
        }
        failures.noteFull(pool);
        long asked = clock.nanos();
        CompletableFuture<Session> asking = pool.ask(operation.process());
        @Nullable ScheduledFuture<?> leave = leaveAtDeadline(asking, asked);
        return asking.handle((session, failure) -> {
                    if (leave != null) {
                        leave.cancel(false);
                    }
                    waited += clock.nanos() - asked;
                    if (failure == null) {
                        held.add(session);
                    }
                    return Optional.ofNullable(failure);
                })
                .thenCompose(failure -> failure.isEmpty()
                        ? acquire(pool, held, connections)
                        : CompletableFuture.failedFuture(refusal(pool, cause(failure.get()))));
    }

    private Throwable refusal(LabPool pool, Throwable thrown) {
        return thrown instanceof CancellationException
                ? thrown
                : new AcquireFailed(failures.of(pool, operation.process(), thrown));
    }

    private @Nullable ScheduledFuture<?> leaveAtDeadline(CompletableFuture<Session> asking, long now) {
        return operation.deadlineNanos() == Long.MAX_VALUE
                ? null
                : timer.schedule(
                        () -> asking.cancel(true), Math.max(0, operation.deadlineNanos() - now), TimeUnit.NANOSECONDS);
    }

    private CompletableFuture<?> hold(Session session, Hold hold, int index) {
        long begin = clock.nanos();
        CompletableFuture<?> evidence =
                operation.evidence() && index == 0 ? writeEvidence(session) : CompletableFuture.completedFuture(null);
        if (hold.work().isEmpty()) {
            return evidence.thenCompose(written -> sleep(session, begin + hold.inDatabaseNanos()))
                    .thenCompose(slept -> await(begin + hold.inDatabaseNanos() + hold.outsideNanos()));
        }
        return evidence.thenCompose(written -> work(session, hold))
                .thenCompose(worked -> await(clock.nanos() + hold.outsideNanos()));
    }

    private CompletableFuture<?> sleep(Session session, long until) {
        long sleep = (until - clock.nanos() - Attempt.STATEMENT_NANOS) / MILLISECOND;
        return sleep >= 1 ? session.execute(SLEEP, List.of(sleep / 1000.0)) : CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<?> work(Session session, Hold hold) {
        CompletableFuture<?> done =
                hold.transaction() ? session.execute("begin", List.of()) : CompletableFuture.completedFuture(null);
        for (Operation.Statement one : hold.work()) {
            List<Object> arguments = List.copyOf(one.arguments());
            done = done.thenCompose(before -> session.execute(one.numbered(), arguments));
        }
        if (!hold.transaction()) {
            return done;
        }
        return done.handle((ok, failure) -> failure)
                .thenCompose(failure -> session.execute(failure == null ? "commit" : "rollback", List.of())
                        .thenCompose(ended -> failure == null
                                ? CompletableFuture.completedFuture(null)
                                : CompletableFuture.failedFuture(cause(failure))));
    }

    private CompletableFuture<?> await(long moment) {
        long left = moment - clock.nanos();
        if (left <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Boolean> passed = new CompletableFuture<>();
        Future<?> unused = timer.schedule(() -> passed.complete(true), left, TimeUnit.NANOSECONDS);
        return passed;
    }

    private CompletableFuture<?> writeEvidence(Session session) {
        return session.execute(EVIDENCE, List.of(operation.run(), operation.stream(), operation.number()))
                .thenAccept(rows -> wrote = true);
    }

    /** No connection was to be had. */
    private static final class AcquireFailed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Failure failure;

        AcquireFailed(Failure failure) {
            super(failure.message());
            this.failure = failure;
        }
    }
}
