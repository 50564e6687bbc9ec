package dev.poolwright.lab.run;

import dev.poolwright.lab.run.InstanceSpec.PhaseSpec;
import dev.poolwright.lab.run.InstanceSpec.PoolSpec;
import dev.poolwright.lab.run.InstanceSpec.StepSpec;
import dev.poolwright.lab.subject.Counts;
import dev.poolwright.lab.subject.Tasks;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.verdict.LinkKind;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/** An instance inside this process: its pools, and a thread for each operation under way. */
final class Worker implements Instance {

    private final Map<String, LabPool> pools = new LinkedHashMap<>();
    private final ExecutorService tasks = Tasks.onePerTask();
    private final ScheduledThreadPoolExecutor leaving;
    private final RunClock clock;
    private final Notes notes;

    Worker(InstanceSpec spec, RunClock clock, Notes notes) {
        this.clock = clock;
        this.notes = notes;
        for (PoolSpec pool : spec.pools()) {
            pools.put(pool.name(), new LabPool(spec, pool));
        }
        leaving = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setDaemon(true);
            return thread;
        });
        leaving.setRemoveOnCancelPolicy(true);
    }

    /** Where a worker says what happened of the vocabulary. */
    interface Notes {
        void happened(LinkKind kind, String subject, String detail);

        /** Something is wrong that makes the run prove nothing. */
        default void problem(String what) {}
    }

    @Override
    public void execute(Operation operation, Consumer<Ended> done) {
        try {
            if (ReactiveAttempt.suits(operation, pools)) {
                CompletableFuture<?> unused = new ReactiveAttempt(operation, pools, clock, leaving, notes)
                        .run()
                        .thenAccept(done);
                return;
            }
            tasks.execute(() -> done.accept(new Attempt(operation, pools, clock, leaving, notes).run()));
        } catch (RejectedExecutionException e) {
            done.accept(new Ended(Outcome.ERROR, 0, false, "the instance ended: " + e.getMessage()));
        }
    }

    @Override
    public Map<String, Counts> counts() {
        Map<String, Counts> counts = new LinkedHashMap<>();
        pools.forEach((name, pool) -> counts.put(name, pool.counts()));
        return counts;
    }

    LabPool pool(String name) {
        LabPool pool = pools.get(name);
        if (pool == null) {
            throw new IllegalArgumentException("pool = " + name + ": this instance has " + pools.keySet());
        }
        return pool;
    }

    /** Opens what the start-up opens, for an instance that has started up before the run. */
    void startUpBefore(InstanceSpec spec) throws IOException, InterruptedException {
        for (PhaseSpec phase : spec.phases()) {
            for (StepSpec step : phase.steps()) {
                if (step.kind() == StartupPhase.Kind.CONNECT) {
                    open(step);
                }
            }
        }
    }

    private void open(StepSpec step) throws IOException, InterruptedException {
        try {
            pool(step.pool()).open(step.connections(), tasks);
        } catch (SQLException e) {
            throw new IOException(
                    "an instance that is to be ready at the begin cannot " + step.name() + ": " + e.getMessage(), e);
        }
    }

    ExecutorService tasks() {
        return tasks;
    }

    @Override
    public void close() {
        tasks.shutdownNow();
        leaving.shutdownNow();
        pools.values().forEach(LabPool::close);
    }
}
