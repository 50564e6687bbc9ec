package dev.poolwright.lab.run;

import dev.poolwright.lab.server.CleanUp;
import dev.poolwright.lab.server.DatabaseUrl;
import dev.poolwright.lab.server.Evidence;
import dev.poolwright.lab.server.EvidenceResult;
import dev.poolwright.lab.server.GuardRails;
import dev.poolwright.lab.server.Interrupts;
import dev.poolwright.lab.server.LabServer;
import dev.poolwright.lab.server.LoadLimits;
import dev.poolwright.lab.server.Preflight;
import dev.poolwright.lab.server.RunDatabase;
import dev.poolwright.lab.server.RunName;
import dev.poolwright.lab.server.Secret;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;

/**
 * Runs plans on a real PostgreSQL. Each run has a database of its own, is watched through connections that are not under
 * test, and is cleaned up with a check that nothing is left. Thread-safe: runs may go side by side.
 */
public final class Lab {

    /** Connections beside those under test: keeper, observer, evidence, clean-up. */
    private static final int OWN_CONNECTIONS = 5;

    /** What a pool without a limit may open at once, by Little's law with room; more is refused by the server. */
    private static final int UNBOUNDED_AT_MOST = 60;

    private static final long REHEARSAL_NANOS = 1_500_000_000L;
    private static final int EVIDENCE_PER_SECOND = 40;
    private static final Duration DRAIN = Duration.ofSeconds(40);

    private final LabServer server;
    private final GuardRails rails;
    private final Interrupts interrupts;
    private final Path folder;
    private final Clock clock;
    private final String prefix;
    private final AtomicInteger runs = new AtomicInteger();

    /**
     * @param prefix of the run names; 1 to 12 of a–z and 0–9, different for each process
     * @param folder for logs of subjects
     */
    public Lab(LabServer server, GuardRails rails, Interrupts interrupts, Path folder, String prefix, Clock clock) {
        this.server = server;
        this.rails = rails;
        this.interrupts = interrupts;
        this.folder = folder;
        this.prefix = prefix;
        this.clock = clock;
    }

    /** Looks whether a plan could run, and changes nothing; the sentences say what a run will do. */
    public Preflight preflight(Plan plan) {
        return rails.check(server, new RunName(prefix + "_0"), limits(plan));
    }

    /**
     * Runs a plan.
     *
     * @param progress told a share from 0 to 1 now and then
     * @throws dev.poolwright.lab.server.ServerRefusal when the server is not fit for it; nothing is left then
     * @throws IOException when a subject cannot be started
     */
    public RunRecord run(Plan plan, LabOptions options, DoubleConsumer progress)
            throws IOException, InterruptedException {
        InstanceSpec.check(plan.topology(), options.pools());
        RunName name = new RunName(prefix + "_" + runs.incrementAndGet());
        Preflight preflight = rails.check(server, name, limits(plan)).orThrow();
        RunDatabase database = RunDatabase.create(server, name, preflight, clock);
        interrupts.register("run database " + name.onServer(), database::end);
        List<String> left = new ArrayList<>();
        LabRun run;
        Health.Evidence evidence;
        try {
            LabTarget target = target(database);
            makeTables(target, plan);
            LabSettings settings = new LabSettings(name.id(), evidenceEvery(plan), options.pools(), folder);
            run = new LabRun(plan, settings, target, own(plan, options, target), clock);
            interrupts.register("processes of run " + name.id(), run::kill);
            try (run) {
                run.watch(database);
                run.run(progress);
            }
            evidence = evidence(database, plan, settings, run.acknowledged(), left);
        } finally {
            CleanUp cleanUp = database.end();
            cleanUp.leftovers().forEach(problem -> left.add(problem.toString()));
        }
        return run.record(evidence, left);
    }

    /**
     * Runs the first moments of a plan and forgets them, so that no code is run for the first time in a run that counts.
     *
     * @throws IOException when a subject cannot be started
     */
    public void rehearse(Plan plan) throws IOException, InterruptedException {
        rehearse(plan, new LabOptions(Map.of(), Map.of()));
    }

    /**
     * As {@link #rehearse(Plan)}, on the libraries that the run will be on; those with a process of their own are left out.
     *
     * @throws IOException when a subject cannot be started
     */
    public void rehearse(Plan plan, LabOptions options) throws IOException, InterruptedException {
        Plan.Header header = plan.header();
        long lasts = Math.min(REHEARSAL_NANOS, header.durationNanos());
        RunRecord unused = run(
                new Plan(
                        new Plan.Header(
                                header.fleet(),
                                header.environment(),
                                header.scenario(),
                                header.seed(),
                                header.speed(),
                                0,
                                lasts),
                        plan.topology(),
                        plan.loads().stream().map(load -> load.until(lasts)).toList(),
                        List.of(),
                        plan.objectives(),
                        plan.notes()),
                new LabOptions(options.pools(), Map.of()),
                share -> {});
    }

    private LabRun.OwnInstances own(Plan plan, LabOptions options, LabTarget target) {
        return new HttpInstances(
                plan, options.http(), target, folder, new SqlAlchemyInstances(options.own(), target, folder));
    }

    private static void makeTables(LabTarget target, Plan plan) throws IOException {
        int scale = WorkTables.scale(plan);
        if (scale == 0) {
            return;
        }
        try {
            WorkTables.make(target, scale);
        } catch (SQLException e) {
            throw new IOException("the tables of the work at scale " + scale + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static Health.Evidence evidence(
            RunDatabase database, Plan plan, LabSettings settings, Acknowledged acknowledged, List<String> left) {
        Evidence evidence = new Evidence(database, Math.max(1, plan.loads().size()), settings.evidenceEvery());
        acknowledged
                .byStream()
                .forEach((stream, sequences) -> sequences.forEach(sequence -> evidence.acknowledge(stream, sequence)));
        try {
            EvidenceResult result = evidence.readBack();
            return new Health.Evidence(
                    true,
                    result.acknowledged(),
                    result.found(),
                    result.unexpected().count());
        } catch (SQLException e) {
            left.add("evidence could not be read back: " + e.getMessage());
            return new Health.Evidence(true, 1, 0, 0);
        }
    }

    private static LabTarget target(RunDatabase database) {
        DatabaseUrl url = database.url();
        return new LabTarget(
                database.run().id(),
                database.run().subject("lab"),
                url.host(),
                url.port(),
                url.database(),
                url.user(),
                url.password().map(Secret::reveal).orElse(""));
    }

    /** Enough to prove the work, few enough not to be the work. */
    private static int evidenceEvery(Plan plan) {
        double rate = plan.loads().stream()
                .flatMap(load -> load.rates().stream())
                .mapToDouble(RateSegment::perSecond)
                .max()
                .orElse(1);
        return (int) Math.max(1, Math.ceil(rate / EVIDENCE_PER_SECOND));
    }

    private static LoadLimits limits(Plan plan) {
        long connections = OWN_CONNECTIONS;
        for (PlannedService service : plan.topology().services()) {
            int instances = service.instances() + started(plan, service.name());
            for (PlannedPool pool : service.pools()) {
                boolean bounded = pool.behaviour() == Topology.Behaviour.QUEUE && pool.limit() != Topology.UNLIMITED;
                int processes = service.processes().stream()
                        .mapToInt(Topology.PlannedProcess::count)
                        .sum();
                connections += bounded ? (long) instances * processes * pool.limit() : UNBOUNDED_AT_MOST;
            }
        }
        int most = plan.topology().servers().stream()
                .mapToInt(Topology.PlannedServer::connections)
                .sum();
        return new LoadLimits(
                (int) Math.min(connections, most + (long) OWN_CONNECTIONS),
                Duration.ofNanos(plan.header().durationNanos()).plus(DRAIN),
                true);
    }

    private static int started(Plan plan, String service) {
        return plan.faults().stream()
                .filter(fault -> fault.on().equals(service))
                .mapToInt(fault -> fault instanceof Fault.StartInstances start ? start.count() : 0)
                .sum();
    }
}
