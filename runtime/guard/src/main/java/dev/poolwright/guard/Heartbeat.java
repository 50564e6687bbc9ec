package dev.poolwright.guard;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The guard's one thread: beats until the guard is closed or nobody has it any more. */
final class Heartbeat implements Runnable {

    private final WeakReference<Guard> guard;
    private volatile boolean ended;
    private @Nullable Thread thread;

    Heartbeat(Guard guard) {
        this.guard = new WeakReference<>(guard);
    }

    void start(String name) {
        Thread made = new Thread(this, "poolwright-guard-" + name);
        made.setDaemon(true);
        thread = made;
        made.start();
    }

    void end() {
        ended = true;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!ended && beat()) {
            LockSupport.parkNanos(this, Watch.BEAT_NANOS);
        }
    }

    private boolean beat() {
        Guard alive = guard.get();
        if (alive == null) {
            return false;
        }
        alive.beat();
        return true;
    }
}
