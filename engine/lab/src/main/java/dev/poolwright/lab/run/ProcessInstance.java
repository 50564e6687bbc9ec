package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.Counts;
import dev.poolwright.model.run.LoadResult.Outcome;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance in a process of its own, made before it is needed so that the cost of starting a JVM falls outside the
 * start-up that is measured. Thread-safe.
 */
final class ProcessInstance implements Instance {

    private static final long GRACE_MILLIS = 2_000;
    private static final String ENDED = "the instance ended";

    private final Process process;
    private final Outbox outbox;
    private final Listener listener;
    private final Map<Long, Consumer<Ended>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final CountDownLatch up = new CountDownLatch(1);
    private volatile Map<String, Counts> levels = Map.of();
    private volatile boolean ended;
    private volatile String service = "";

    /** Told what the process says, on the thread that reads it. */
    interface Listener {
        void ready(ProcessInstance instance);

        void failed(ProcessInstance instance, Message.Failed failure);

        void exited(ProcessInstance instance, int code);

        void happened(Message.Happened happened);
    }

    private ProcessInstance(Process process, Listener listener) throws IOException {
        this.process = process;
        this.listener = listener;
        this.outbox = new Outbox(
                "poolwright-to-instance-" + process.pid(),
                new BufferedOutputStream(process.getOutputStream()),
                broken -> end("the instance reads no more: " + broken.getMessage()));
    }

    /**
     * Starts the process; it waits for {@link #begin}.
     *
     * @param target whose database it warms up on
     * @param log file that its standard error goes to
     */
    static ProcessInstance spawn(Path log, LabTarget target, Listener listener) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InstanceMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
                .start();
        ProcessInstance instance = new ProcessInstance(process, listener);
        Thread reader = new Thread(instance::read, "poolwright-instance-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        instance.outbox.offer(new Message.WarmUp(target.direct(), target.user(), target.password()));
        return instance;
    }

    /** Waits until the process can begin; false when it did not come up in time. */
    boolean awaitUp(long seconds) throws InterruptedException {
        return up.await(seconds, TimeUnit.SECONDS);
    }

    void begin(InstanceSpec spec, RunClock clock, long sampleNanos) {
        outbox.offer(new Message.Begin(spec, clock.nanos(), sampleNanos));
    }

    @Override
    public void execute(Operation operation, Consumer<Ended> done) {
        long id = ids.incrementAndGet();
        underWay.put(id, done);
        if (!outbox.offer(new Message.Execute(id, operation)) && underWay.remove(id) != null) {
            done.accept(lost("the instance takes no operations: " + Outbox.MOST + " wait for it"));
        }
        if (ended) {
            lose(ENDED);
        }
    }

    private void end(String why) {
        ended = true;
        lose(why);
    }

    @Override
    public Map<String, Counts> counts() {
        return levels;
    }

    /** Says whose instance it is, before it begins. */
    void serves(String name) {
        service = name;
    }

    /** Empty until it begins. */
    String service() {
        return service;
    }

    long pid() {
        return process.pid();
    }

    /** Ends the process at once, as a platform does. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        outbox.offer(new Message.Stop());
        try {
            if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a killed process to be gone, within a bound. */
    boolean awaitGone() {
        try {
            return process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isGone();
        }
    }

    /** Whether the process is gone. */
    boolean isGone() {
        return !process.isAlive();
    }

    private void read() {
        try (ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                take((Message) in.readObject());
            }
        } catch (EOFException processEnded) {
            finish(null);
        } catch (IOException | ClassNotFoundException e) {
            finish(e);
        }
    }

    private void finish(@Nullable Exception broken) {
        levels = Map.of();
        end(ENDED);
        outbox.close();
        int code = -1;
        try {
            code = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (broken != null && process.isAlive()) {
            process.destroyForcibly();
        }
        listener.exited(this, code);
    }

    /** What was under way in a process that has ended is lost. */
    private void lose(String why) {
        for (Long id : List.copyOf(underWay.keySet())) {
            Consumer<Ended> lost = underWay.remove(id);
            if (lost != null) {
                lost.accept(lost(why));
            }
        }
    }

    private static Ended lost(String why) {
        return new Ended(Outcome.ERROR, 0, false, why);
    }

    private void take(Message message) {
        if (message instanceof Message.Up) {
            up.countDown();
        } else if (message instanceof Message.Ready) {
            listener.ready(this);
        } else if (message instanceof Message.Failed failed) {
            listener.failed(this, failed);
        } else if (message instanceof Message.Happened happened) {
            listener.happened(happened);
        } else if (message instanceof Message.Levels sampled) {
            Map<String, Counts> counts = new LinkedHashMap<>();
            sampled.pools().forEach((name, level) -> counts.put(name, new Counts(level[0], level[1], level[2])));
            levels = counts;
        } else if (message instanceof Message.Done done) {
            Consumer<Ended> waiting = underWay.remove(done.id());
            if (waiting != null) {
                waiting.accept(done.ended());
            }
        }
    }
}
