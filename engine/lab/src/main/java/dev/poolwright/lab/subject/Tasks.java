package dev.poolwright.lab.subject;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One thread for each task: a virtual thread where the JVM has them (from 21), else a platform thread. The one place that
 * knows the difference; interrupting a virtual thread also ends a connect or a read that it is in.
 */
public final class Tasks {

    private Tasks() {}

    /** Whether this JVM has virtual threads. */
    public static boolean areVirtual() {
        return Runtime.version().feature() >= 21;
    }

    /** Whoever asks shuts it down. */
    public static ExecutorService onePerTask() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException beforeJava21) {
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "poolwright-operation");
                thread.setDaemon(true);
                return thread;
            });
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("this JVM has virtual threads and refuses to make them", e);
        }
    }
}
