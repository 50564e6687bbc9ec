package dev.poolwright.cli;

import dev.poolwright.lab.run.LabOptions;
import dev.poolwright.lab.run.LabOptions.OwnLibrary;
import dev.poolwright.lab.run.PoolChoice;
import dev.poolwright.lab.subject.EngineKind;
import dev.poolwright.lab.subject.PgBouncer;
import dev.poolwright.lab.subject.PoolClass;
import dev.poolwright.lab.subject.PoolLibrary;
import dev.poolwright.lab.subject.PythonFinder;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Executes one plan in an open lab, as often as asked, side by side where the runs do not disturb each other. */
final class LabStage {

    private static final int REPEATS_FOR_AN_INTERVAL = 5;

    /** Five were always borne; twenty repeats at once would measure each other. */
    private static final int SIDE_BY_SIDE_AT_MOST = 6;

    private LabStage() {}

    /**
     * Five where a repeat is cheap; one where each starts processes, which would take the processors from each other.
     */
    static int repeats(Plan plan, LabOptions options, Optional<Integer> asked) {
        return asked.orElse(startsProcesses(plan) || options.startsPrograms() ? 1 : REPEATS_FOR_AN_INTERVAL);
    }

    private static boolean startsProcesses(Plan plan) {
        return plan.faults().stream()
                .anyMatch(fault -> fault instanceof Fault.StartInstances || fault instanceof Fault.RestartInstances);
    }

    /**
     * Runs the plans in order of the list, side by side unless told otherwise. Those that start processes always go one at a
     * time: the speed they go at is what the machine bears once, and JVMs that start take the processors from a neighbour.
     */
    static List<JudgedRun> run(
            OpenLab lab, List<Plan> plans, LabOptions options, boolean oneAtATime, DoubleConsumer progress)
            throws IOException, InterruptedException {
        lab.preflight(plans.getFirst(), options);
        if (!oneAtATime && !options.startsPrograms() && plans.stream().noneMatch(LabStage::startsProcesses)) {
            return sideBySide(lab, plans, options, progress);
        }
        List<JudgedRun> runs = new ArrayList<>();
        for (Plan plan : plans) {
            int before = runs.size();
            runs.add(one(lab, plan, options, share -> progress.accept((before + share) / plans.size())));
        }
        return runs;
    }

    private static List<JudgedRun> sideBySide(
            OpenLab lab, List<Plan> plans, LabOptions options, DoubleConsumer progress)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(SIDE_BY_SIDE_AT_MOST, plans.size()));
        try {
            List<Future<JudgedRun>> running = new ArrayList<>();
            for (Plan plan : plans) {
                DoubleConsumer told = running.isEmpty() ? progress : share -> {};
                Callable<JudgedRun> run = () -> one(lab, plan, options, told);
                running.add(threads.submit(run));
            }
            List<JudgedRun> runs = new ArrayList<>();
            for (Future<JudgedRun> run : running) {
                runs.add(run.get());
            }
            return runs;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static IOException rethrown(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof IOException io) {
            return io;
        }
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IOException("a run in the lab failed: " + cause, cause);
    }

    private static JudgedRun one(OpenLab lab, Plan plan, LabOptions options, DoubleConsumer progress)
            throws IOException, InterruptedException {
        RunRecord record = lab.lab().run(plan, options, progress);
        return SimCommand.proven(plan, record);
    }

    /**
     * How the services of a fleet are executed.
     *
     * @param subject what plays every pool instead of what the scenario says; see {@link LabChoices#subject}
     * @throws MissingLibrary when the scenario asks for a library that is not on this machine
     */
    static LabOptions options(Fleet fleet, Scenario scenario, Optional<String> subject)
            throws InterruptedException, MissingLibrary {
        if (!fleet.poolers().isEmpty() && PgBouncer.program().isEmpty()) {
            throw new MissingLibrary("pgbouncer is not installed here; on Debian: apt-get install pgbouncer");
        }
        boolean ownProcess =
                subject.map(LabChoices.LIBRARY::equals).orElse(scenario.subject() == Scenario.Subject.LIBRARY);
        Map<String, PoolChoice> pools = new LinkedHashMap<>();
        Map<String, OwnLibrary> own = new LinkedHashMap<>();
        Map<String, String> http = new LinkedHashMap<>();
        for (Service service : fleet.services().values()) {
            for (Pool pool : service.pools().values()) {
                String library = subject.filter(name -> !LabChoices.FLEETS_OWN.contains(name))
                        .orElse(service.stackOf(pool).library());
                PoolLibrary.named(library)
                        .filter(known -> known != PoolLibrary.OVERFLOW)
                        .ifPresent(known -> pools.put(service.name() + "/" + pool.name(), choice(known, pool)));
            }
            boolean loaded = !service.loads().isEmpty();
            if (scenario.subject() == Scenario.Subject.HTTP && loaded) {
                http.put(service.name(), service.stack().library());
            }
            if (ownProcess && loaded && service.stack().library().equals("sqlalchemy")) {
                own.put(service.name(), library(service));
            }
        }
        return new LabOptions(pools, own, http);
    }

    private static PoolChoice choice(PoolLibrary library, Pool pool) {
        return new PoolChoice(library, pool.lifetimes().validation() == Pool.Validation.ON_BORROW);
    }

    private static OwnLibrary library(Service service) throws InterruptedException, MissingLibrary {
        String python = PythonFinder.find(System.getenv(), PythonFinder.MODULES)
                .orElseThrow(() -> new MissingLibrary("no Python with SQLAlchemy is here; `.ci/python` installs one"));
        Pool pool = service.pools().values().iterator().next();
        PoolClass poolClass = PoolClass.LEFT_OUT;
        for (PoolClass known : PoolClass.values()) {
            if (known.text().equals(pool.kind())) {
                poolClass = known;
            }
        }
        boolean async = service.stack().runtime().equals("asyncio")
                || service.stack().driver().equals("asyncpg");
        return new OwnLibrary(async ? EngineKind.ASYNC : EngineKind.SYNC, poolClass, python);
    }

    /** What a scenario wants to load is not on this machine; the lab is skipped with this line. */
    static final class MissingLibrary extends Exception {
        private static final long serialVersionUID = 1;

        MissingLibrary(String message) {
            super(message);
        }
    }
}
