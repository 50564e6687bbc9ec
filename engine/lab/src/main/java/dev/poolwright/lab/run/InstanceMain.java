package dev.poolwright.lab.run;

import dev.poolwright.lab.run.InstanceSpec.PhaseSpec;
import dev.poolwright.lab.run.InstanceSpec.StepSpec;
import dev.poolwright.lab.subject.Counts;
import dev.poolwright.policy.Clock;
import dev.poolwright.policy.StartupDecision.Exit;
import dev.poolwright.startup.Startup;
import dev.poolwright.startup.StartupStep;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An instance as a process of its own: waits for the word to begin, goes through its start-up on the real clock, and then
 * takes operations, or exits with 3. Ends when its standard input ends, so it never outlives the run.
 */
public final class InstanceMain {

    private final ObjectInputStream in;
    private final MessageStream out;

    private InstanceMain(ObjectInputStream in, MessageStream out) {
        this.in = in;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream channel = System.out;
        System.setOut(System.err);
        MessageStream out = new MessageStream(new ObjectOutputStream(new BufferedOutputStream(channel)));
        InstanceMain instance = new InstanceMain(new ObjectInputStream(new BufferedInputStream(System.in)), out);
        System.exit(instance.run());
    }

    private int run() throws IOException, ClassNotFoundException, InterruptedException {
        if (readOrEnd() instanceof Message.WarmUp warmUp) {
            warmUp(warmUp);
        }
        Object first = readOrEnd();
        if (!(first instanceof Message.Begin begin)) {
            return 0;
        }
        RunClock clock = new RunClock(Clock.system(), begin.nowNanos());
        Worker worker = new Worker(
                begin.spec(),
                clock,
                (kind, subject, detail) -> say(new Message.Happened(kind, subject, detail, clock.nanos())));
        ScheduledExecutorService levels = Executors.newSingleThreadScheduledExecutor();
        Future<?> unused = levels.scheduleAtFixedRate(
                () -> say(levels(worker)), begin.sampleNanos(), begin.sampleNanos(), TimeUnit.NANOSECONDS);
        try {
            Startup.Result result = startUp(begin.spec(), worker, clock);
            if (result.end() instanceof Exit exit) {
                System.err.print(result.text());
                say(new Message.Failed(
                        exit.code(),
                        exit.phase(),
                        exit.limitNanos(),
                        exit.elapsedNanos(),
                        exit.reason(),
                        exit.cause()));
                return exit.code();
            }
            say(new Message.Ready());
            serve(worker);
            return 0;
        } finally {
            levels.shutdownNow();
            worker.close();
        }
    }

    /** A failure is for the start-up to find, not for the warm-up. */
    private void warmUp(Message.WarmUp warmUp) {
        try (Connection connection = DriverManager.getConnection(warmUp.url(), warmUp.user(), warmUp.password());
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_sleep(0)");
        } catch (SQLException e) {
            System.err.println("warm-up: " + e.getMessage());
        }
        say(new Message.Up());
    }

    private static Startup.Result startUp(InstanceSpec spec, Worker worker, RunClock clock)
            throws InterruptedException {
        List<List<StartupStep>> steps = new ArrayList<>();
        for (PhaseSpec phase : spec.phases()) {
            steps.add(phase.steps().stream()
                    .map(step -> (StartupStep) new PoolStep(step, worker, clock))
                    .toList());
        }
        return new Startup(spec.startup(), steps, clock, worker.tasks()).run();
    }

    private void serve(Worker worker) throws IOException, ClassNotFoundException {
        Object next = readOrEnd();
        while (next instanceof Message.Execute execute) {
            worker.execute(execute.operation(), ended -> say(new Message.Done(execute.id(), ended)));
            next = readOrEnd();
        }
    }

    /** The next message; a {@link Message.Stop} when the run has closed the channel. */
    private Object readOrEnd() throws IOException, ClassNotFoundException {
        try {
            return in.readObject();
        } catch (EOFException runIsGone) {
            return new Message.Stop();
        }
    }

    private static Message levels(Worker worker) {
        LinkedHashMap<String, int[]> levels = new LinkedHashMap<>();
        for (Map.Entry<String, Counts> pool : worker.counts().entrySet()) {
            Counts counts = pool.getValue();
            levels.put(pool.getKey(), new int[] {counts.inUse(), counts.open(), counts.waiting()});
        }
        return new Message.Levels(levels);
    }

    private synchronized void say(Message message) {
        try {
            out.write(message);
            out.flush();
        } catch (IOException runIsGone) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** A start-up step on the instance's own pools. */
    private static final class PoolStep implements StartupStep {
        private final StepSpec step;
        private final Worker worker;
        private final RunClock clock;

        PoolStep(StepSpec step, Worker worker, RunClock clock) {
            this.step = step;
            this.worker = worker;
            this.clock = clock;
        }

        @Override
        public void run() throws Exception {
            switch (step.kind()) {
                case CONNECT -> worker.pool(step.pool()).open(step.connections(), worker.tasks());
                case QUERY -> worker.pool(step.pool()).query(step.takesNanos(), clock);
                case WORK -> work();
            }
        }

        private void work() throws InterruptedException {
            clock.await(clock.nanos() + step.takesNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("work was cut");
            }
        }

        @Override
        public void undo() {
            if (!step.pool().isEmpty()) {
                worker.pool(step.pool()).reset();
            }
        }
    }
}
