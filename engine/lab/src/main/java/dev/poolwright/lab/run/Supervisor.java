package dev.poolwright.lab.run;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.verdict.LinkKind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Plays the platform: starts instances as processes of their own, restarts those that exit, stops those that take too long.
 * Processes are made beforehand and wait, so that what is measured is the start-up and not the start of a JVM.
 */
final class Supervisor implements AutoCloseable {

    private static final long UP_SECONDS = 30;
    private static final int MOST_PROCESSES = 64;

    private final Plan plan;
    private final RunClock clock;
    private final LabSettings settings;
    private final LabTarget target;
    private final Map<String, Ingress> services;
    private final Map<String, InstanceSpec> specs;
    private final Happenings happenings;
    private final Later later;
    private final ExecutorService spares = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "poolwright-spares");
        thread.setDaemon(true);
        return thread;
    });
    private final long sampleNanos;
    private final Deque<ProcessInstance> waiting = new ArrayDeque<>();
    private final List<ProcessInstance> all = new ArrayList<>();
    private boolean closed;

    Supervisor(
            Plan plan,
            RunClock clock,
            LabSettings settings,
            LabTarget target,
            Map<String, Ingress> services,
            Map<String, InstanceSpec> specs,
            Happenings happenings,
            Later later,
            long sampleNanos) {
        this.plan = plan;
        this.clock = clock;
        this.settings = settings;
        this.target = target;
        this.services = services;
        this.specs = specs;
        this.happenings = happenings;
        this.later = later;
        this.sampleNanos = sampleNanos;
    }

    /** How many processes the plan's events start. */
    static int processesNeeded(Plan plan) {
        int needed = 0;
        for (Fault fault : plan.faults()) {
            if (fault instanceof Fault.StartInstances start) {
                needed += start.count();
            } else if (fault instanceof Fault.RestartInstances restart) {
                needed += plan.topology().service(restart.on()).instances();
            }
        }
        return needed;
    }

    /** Makes processes that wait for their word to begin; returns when all are up. */
    void prepare(int count) throws IOException, InterruptedException {
        if (count > MOST_PROCESSES) {
            throw new IOException("instances to start = " + count + ": the lab starts at most " + MOST_PROCESSES
                    + " processes; use the simulator for larger fleets");
        }
        for (int i = 0; i < count; i++) {
            spawn();
        }
        for (ProcessInstance instance : List.copyOf(waiting)) {
            if (!instance.awaitUp(UP_SECONDS)) {
                throw new IOException("an instance did not come up within " + UP_SECONDS + " s; see "
                        + settings.folder().resolve("instances.log"));
            }
        }
    }

    /** One after another, so that the starts of many JVMs do not take the processors from the run. */
    private void prepareSpare() {
        try {
            ProcessInstance spare = spawn();
            if (spare != null) {
                spare.awaitUp(UP_SECONDS);
            }
        } catch (IOException e) {
            happenings.problem("no process for a restart: " + e.getMessage());
        } catch (InterruptedException runIsOver) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable ProcessInstance spawn() throws IOException {
        if (!closed && all.size() < 4 * MOST_PROCESSES) {
            ProcessInstance instance =
                    ProcessInstance.spawn(settings.folder().resolve("instances.log"), target, new Listener());
            all.add(instance);
            waiting.add(instance);
            return instance;
        }
        return null;
    }

    /** Starts an instance of a service now. */
    void start(String service) throws IOException {
        ProcessInstance instance;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (waiting.isEmpty()) {
                spawn();
            }
            instance = waiting.remove();
        }
        InstanceSpec spec = specs.get(service);
        Ingress ingress = services.get(service);
        if (spec == null || ingress == null) {
            throw new IOException("service = " + service + ": the plan has " + specs.keySet());
        }
        instance.serves(service);
        ingress.starting(instance);
        instance.begin(spec, clock, sampleNanos);
        long limit = plan.topology().platform().startLimitNanos();
        if (limit != Long.MAX_VALUE) {
            later.in(limit, () -> cut(instance, ingress, limit));
        }
    }

    /** Stops every instance of a service and starts as many at the same moment. */
    void restart(String service) throws IOException {
        Ingress ingress = services.get(service);
        if (ingress == null) {
            return;
        }
        List<Instance> running = ingress.readyNow();
        for (Instance instance : running) {
            ingress.gone(instance);
        }
        for (int i = 0; i < running.size(); i++) {
            start(service);
        }
        for (Instance instance : running) {
            later.in(0, instance::close);
        }
    }

    private void cut(ProcessInstance instance, Ingress ingress, long limit) {
        if (!ingress.readyNow().contains(instance) && !instance.isGone()) {
            happenings.note(
                    LinkKind.START_CUT,
                    instance.service(),
                    clock.nanos(),
                    String.format(Locale.ROOT, "not ready after the start limit of %.1f s", limit / 1e9));
            instance.kill();
        }
    }

    /** Ends every process at once, as an interrupted run must; what is still there after that, by id. */
    List<String> kill() {
        List<ProcessInstance> ending;
        synchronized (this) {
            closed = true;
            spares.shutdownNow();
            ending = List.copyOf(all);
        }
        ending.forEach(ProcessInstance::kill);
        return ending.stream()
                .filter(instance -> !instance.awaitGone())
                .map(instance -> "process " + instance.pid())
                .toList();
    }

    /** Processes that are still there after the end, by id. */
    List<String> close(List<String> leftovers) {
        List<ProcessInstance> ending;
        synchronized (this) {
            closed = true;
            spares.shutdownNow();
            ending = List.copyOf(all);
        }
        ending.parallelStream().forEach(ProcessInstance::close);
        List<String> left = new ArrayList<>(leftovers);
        ending.stream()
                .filter(instance -> !instance.isGone())
                .forEach(instance -> left.add("process " + instance.pid()));
        return left;
    }

    @Override
    public void close() {
        close(List.of());
    }

    /** What the processes say. */
    private final class Listener implements ProcessInstance.Listener {

        @Override
        public void ready(ProcessInstance instance) {
            Ingress ingress = services.get(instance.service());
            if (ingress != null) {
                ingress.ready(instance);
            }
        }

        @Override
        public void failed(ProcessInstance instance, Message.Failed failure) {
            happenings.note(
                    LinkKind.PHASE_OVER,
                    instance.service() + "/" + failure.phase(),
                    clock.nanos(),
                    String.format(
                            Locale.ROOT,
                            "%s after %.2f s, limit %.2f s: %s",
                            failure.reason(),
                            failure.elapsedNanos() / 1e9,
                            failure.limitNanos() / 1e9,
                            failure.cause()));
        }

        @Override
        public void exited(ProcessInstance instance, int code) {
            Ingress ingress = services.get(instance.service());
            if (ingress == null) {
                return;
            }
            ingress.gone(instance);
            if (code == 3) {
                happenings.note(LinkKind.EXIT_3, instance.service(), clock.nanos(), "process exited with code 3");
            }
            if (code != 0) {
                startAgain(instance.service());
            }
        }

        @Override
        public void happened(Message.Happened happened) {
            happenings.note(happened.kind(), happened.subject(), happened.atNanos(), happened.detail());
        }

        private void startAgain(String service) {
            try {
                spares.execute(Supervisor.this::prepareSpare);
            } catch (RejectedExecutionException runIsOver) {
                return;
            }
            later.in(plan.topology().platform().restartDelayNanos(), () -> start(service));
        }
    }
}
