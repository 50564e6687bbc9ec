package dev.poolwright.lab.run;

import dev.poolwright.lab.server.CleanUp;
import dev.poolwright.lab.server.Problem;
import dev.poolwright.lab.server.RunDatabase;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Executes one plan on real parts and writes down what it saw. Used once: prepare, run, close, record. */
final class LabRun implements AutoCloseable {

    private static final long SHORTEST_BIN_NANOS = 10_000_000;
    private static final long DRAIN_AT_MOST_NANOS = 30_000_000_000L;
    private static final long DRAIN_REST_NANOS = 2_000_000_000L;
    private static final long PROGRESS_NANOS = 250_000_000;
    private static final long POLL_NANOS = 5_000_000;

    private final Plan plan;
    private final RunClock clock;
    private final long binNanos;
    private final Happenings happenings = new Happenings();
    private final Map<String, Ingress> services = new LinkedHashMap<>();
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final Acknowledged acknowledged = new Acknowledged();
    private final Later later = new Later(happenings);
    private final Paths paths;
    private final Supervisor supervisor;
    private final Generator generator;
    private final Sampler sampler;
    private final Waits waits;
    private final ServerCounts serverCounts;
    private final List<String> leftovers = new ArrayList<>();
    private final List<String> unmodelled;
    private double generatorCpu;

    LabRun(Plan plan, LabSettings settings, LabTarget target, OwnInstances own, Clock source)
            throws IOException, InterruptedException {
        this.plan = plan;
        clock = new RunClock(source);
        happenings.from(plan.header().warmUpNanos());
        binNanos = Math.max(SHORTEST_BIN_NANOS, plan.binNanos());
        int bins = (int) (plan.header().durationNanos() / binNanos) + 1;
        plan.topology()
                .services()
                .forEach(service -> services.put(service.name(), new Ingress(service.name(), happenings)));
        plan.loads().forEach(load -> tallies.put(load.name(), new Tally(load.name(), plan, binNanos, bins)));
        paths = new Paths(plan, target, source, happenings);
        Map<String, InstanceSpec> specs = new LinkedHashMap<>();
        Map<String, String> urls = paths.urls(target);
        for (PlannedService service : plan.topology().services()) {
            specs.put(service.name(), InstanceSpec.of(service, target, urls, settings.pools()));
        }
        supervisor = new Supervisor(plan, clock, settings, target, services, specs, happenings, later, binNanos);
        waits = new Waits(pools(plan), binNanos, bins);
        generator = new Generator(plan, clock, services, later, settings, acknowledged, waits, tallies);
        sampler = new Sampler(plan, services, paths, binNanos, bins);
        unmodelled = own.unmodelled();
        serverCounts = new ServerCounts(plan, clock, binNanos, bins);
        prepare(specs, own);
    }

    private static List<String> pools(Plan plan) {
        return plan.topology().services().stream()
                .flatMap(service -> service.pools().stream())
                .map(Topology.PlannedPool::name)
                .toList();
    }

    /** Has the server's own counts taken during the run. */
    void watch(RunDatabase database) {
        serverCounts.watch(database);
    }

    /** Makes the instances of a service that runs on its own library, as processes of their own. */
    interface OwnInstances {
        /** Empty when the service runs on the lab's pools. */
        Optional<List<Instance>> make(PlannedService service, Paths paths, RunClock clock, Worker.Notes notes)
                throws IOException, InterruptedException;

        /** What of the plan cannot be done by the instances that it makes. */
        default List<String> unmodelled() {
            return List.of();
        }
    }

    private void prepare(Map<String, InstanceSpec> specs, OwnInstances own) throws IOException, InterruptedException {
        try {
            supervisor.prepare(Supervisor.processesNeeded(plan));
            for (PlannedService service : plan.topology().services()) {
                begin(service, specs, own);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void begin(PlannedService service, Map<String, InstanceSpec> specs, OwnInstances own)
            throws IOException, InterruptedException {
        Ingress ingress = services.get(service.name());
        InstanceSpec spec = specs.get(service.name());
        if (ingress == null || spec == null) {
            throw new IllegalStateException("service " + service.name() + " was not prepared");
        }
        Worker.Notes notes = new RunNotes();
        Optional<List<Instance>> made = own.make(service, paths, clock, notes);
        if (made.isPresent()) {
            made.get().forEach(ingress::ready);
            return;
        }
        for (int i = 0; i < service.instances(); i++) {
            Worker worker = new Worker(spec, clock, notes);
            ingress.ready(worker);
            worker.startUpBefore(spec);
        }
    }

    /** Runs the plan to its end, telling a share from 0 to 1 on the way, and what is under way then to its own end, within a bound. */
    void run(DoubleConsumer progress) throws InterruptedException {
        long cpuBefore = cpuNanos();
        clock.beginNow();
        paths.beginNow();
        sampler.begin();
        serverCounts.start();
        later.every(binNanos, this::sample);
        later.every(PROGRESS_NANOS, () -> progress.accept(progress()));
        new Timeline(plan, clock, paths, supervisor, later).schedule();
        generator.run();
        if (Thread.interrupted()) {
            throw new InterruptedException("the run was interrupted");
        }
        clock.await(plan.header().durationNanos());
        generatorCpu = (double) (cpuNanos() - cpuBefore)
                / clock.nanos()
                / Runtime.getRuntime().availableProcessors();
        drain();
    }

    private double progress() {
        return Math.min(1, (double) clock.nanos() / plan.header().durationNanos());
    }

    private void sample() {
        long now = clock.nanos();
        if (now < plan.header().durationNanos()) {
            sampler.sample(now);
        }
    }

    private void drain() throws InterruptedException {
        long until = clock.nanos() + drainNanos();
        while (clock.nanos() < until && underWay() > 0) {
            clock.await(clock.nanos() + POLL_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("the run was interrupted");
            }
        }
    }

    private long underWay() {
        return tallies.values().stream().mapToLong(Tally::underWay).sum();
    }

    /** As long as the last operation may take by its deadline, and some more for the parts; within a bound without one. */
    private long drainNanos() {
        long longest = plan.loads().stream()
                .mapToLong(PlannedLoad::deadlineNanos)
                .max()
                .orElse(0);
        return Math.min(DRAIN_AT_MOST_NANOS, Math.min(longest, DRAIN_AT_MOST_NANOS) + DRAIN_REST_NANOS);
    }

    /** Ends everything that the run began; what could not be ended becomes a leftover. */
    @Override
    public void close() {
        later.close();
        serverCounts.close();
        serverCounts.trouble().ifPresent(leftovers::add);
        leftovers.addAll(supervisor.close(List.of()));
        services.values().forEach(ingress -> ingress.allNow().forEach(Instance::close));
        try {
            paths.close();
        } catch (IllegalStateException stillOpen) {
            leftovers.add(String.valueOf(stillOpen.getMessage()));
        }
    }

    /** Ends the processes of the run at once, when the user has interrupted it. */
    CleanUp kill() {
        List<Problem> left = supervisor.kill().stream()
                .map(process -> new Problem(process + " is still there", "end it by hand"))
                .toList();
        services.values()
                .forEach(ingress -> ingress.allNow().stream()
                        .filter(LibraryInstance.class::isInstance)
                        .forEach(Instance::close));
        return new CleanUp(Duration.ZERO, List.of("processes of the run"), left);
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    /** The record; after {@link #close()}. */
    RunRecord record(Health.Evidence evidence, List<String> leftOnServer) {
        List<Series> series = new ArrayList<>(sampler.series());
        List<LoadResult> loads = new ArrayList<>();
        for (Tally tally : tallies.values()) {
            series.addAll(tally.series());
            loads.addAll(tally.results());
        }
        series.addAll(waits.series());
        series.addAll(serverCounts.series());
        List<String> left = new ArrayList<>(leftovers);
        left.addAll(leftOnServer);
        left.addAll(happenings.problems());
        return new RunRecord(
                "lab",
                plan.recordHeader(),
                binNanos,
                series,
                loads,
                happenings.all(),
                new Health(evidence, Duration.ofNanos(generator.lagP99()), generatorCpu, 0, left, unmodelled));
    }

    /** What instances say, at the moment they say it. */
    private final class RunNotes implements Worker.Notes {
        @Override
        public void happened(LinkKind kind, String subject, String detail) {
            happenings.note(kind, subject, clock.nanos(), detail);
        }

        @Override
        public void problem(String what) {
            happenings.problem(what);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
