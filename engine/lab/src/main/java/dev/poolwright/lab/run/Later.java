package dev.poolwright.lab.run;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does things at later moments of a run; what fails is noted as a problem of the lab, so that no failure is lost. Thread-safe. */
final class Later implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "poolwright-later");
        thread.setDaemon(true);
        return thread;
    });
    private final Happenings happenings;

    Later(Happenings happenings) {
        this.happenings = happenings;
    }

    /** What is done; an {@link IOException} is a problem of the lab. */
    interface Act {
        void run() throws IOException;
    }

    /** Does it in so many nanoseconds; not at all once the run has ended. */
    void in(long nanos, Act act) {
        try {
            Future<?> unused = timer.schedule(() -> guarded(act), Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            if (!timer.isShutdown()) {
                throw e;
            }
        }
    }

    void every(long nanos, Act act) {
        Future<?> unused = timer.scheduleAtFixedRate(() -> guarded(act), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void guarded(Act act) {
        try {
            act.run();
        } catch (IOException | RuntimeException e) {
            happenings.problem(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
