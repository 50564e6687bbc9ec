package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is cleaned up when the user stops a run (Ctrl-C, SIGTERM): the last thing made goes first, all within
 * {@link CleanUp#LIMIT}, and one line says what came of it. A run that ends by itself closes this, and nothing is done.
 * Thread-safe.
 */
public final class Interrupts implements AutoCloseable {

    private final Deque<Task> tasks = new ArrayDeque<>();
    private final Consumer<String> line;
    private final Clock clock;
    private final Thread hook;

    private record Task(String what, Supplier<CleanUp> cleanUp) {}

    private Interrupts(Consumer<String> line, Clock clock) {
        this.line = line;
        this.clock = clock;
        this.hook = new Thread(() -> line.accept(cleanUp()), "poolwright-interrupted");
    }

    /** @param line takes the one line, e.g. {@code System.err::println} */
    public static Interrupts watch(Consumer<String> line, Clock clock) {
        Interrupts interrupts = new Interrupts(line, clock);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    /** @param what as it stands in the line, e.g. "run database poolwright_7" */
    public synchronized void register(String what, Supplier<CleanUp> cleanUp) {
        tasks.push(new Task(what, cleanUp));
    }

    /** Does it all, and says in one line how it went. */
    String cleanUp() {
        long begin = clock.nanos();
        List<String> left = new ArrayList<>();
        int clean = 0;
        for (Task task : taken()) {
            Duration rest = CleanUp.LIMIT.minusNanos(clock.nanos() - begin);
            String trouble = rest.isNegative() || rest.isZero() ? "no time was left for it" : run(task, rest);
            if (trouble.isEmpty()) {
                clean++;
            } else {
                left.add(task.what() + ": " + trouble);
            }
        }
        long millis = Duration.ofNanos(clock.nanos() - begin).toMillis();
        String done = "interrupted: " + clean + " of " + (clean + left.size()) + " cleaned up and verified in " + millis
                + " ms";
        return left.isEmpty()
                ? done
                : done + "; left behind, for the next run to remove: "
                        + String.join("; ", left).replace(System.lineSeparator(), " ");
    }

    private synchronized List<Task> taken() {
        List<Task> all = List.copyOf(tasks);
        tasks.clear();
        return all;
    }

    /** In a thread of its own, which a clean-up that hangs keeps without keeping the others waiting. */
    private static String run(Task task, Duration limit) {
        FutureTask<CleanUp> work = new FutureTask<>(task.cleanUp()::get);
        Thread thread = new Thread(work, "poolwright-clean-up");
        thread.setDaemon(true);
        thread.start();
        try {
            CleanUp cleanUp = work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return cleanUp.clean() ? "" : cleanUp.leftovers().toString();
        } catch (TimeoutException e) {
            return "not done within " + limit.toMillis() + " ms";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted itself";
        }
    }

    /** The run ended by itself: nothing is left to do on an interrupt. */
    @Override
    public void close() {
        synchronized (this) {
            tasks.clear();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown has begun; the hook finds no tasks, or has them already.
            line.accept("interrupted at the very end of the run");
        }
    }
}
