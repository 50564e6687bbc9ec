package dev.poolwright.lab.run;

import dev.poolwright.lab.http.HttpService;
import dev.poolwright.lab.http.PoolSpec;
import dev.poolwright.lab.subject.ProcessSubject;
import dev.poolwright.model.fleet.StartupPhase;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.scenario.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the instances of services that are loaded over HTTP: a JVM of its own for each, with the service's own pools. */
final class HttpInstances implements LabRun.OwnInstances {

    private static final int MILLION = 1_000_000;

    private final Plan plan;
    private final Map<String, String> libraries;
    private final LabTarget target;
    private final Path folder;
    private final LabRun.OwnInstances others;

    /**
     * @param libraries pool library by service, for those that are loaded over HTTP
     * @param others makes the rest
     */
    HttpInstances(Plan plan, Map<String, String> libraries, LabTarget target, Path folder, LabRun.OwnInstances others) {
        this.plan = plan;
        this.libraries = libraries;
        this.target = target;
        this.folder = folder;
        this.others = others;
    }

    @Override
    public Optional<List<Instance>> make(PlannedService service, Paths paths, RunClock clock, Worker.Notes notes)
            throws IOException, InterruptedException {
        String library = libraries.get(service.name());
        if (library == null) {
            return others.make(service, paths, clock, notes);
        }
        List<PoolSpec> pools = new ArrayList<>();
        for (PlannedPool pool : service.pools()) {
            pools.add(pool(service, pool, library, paths.port(pool)));
        }
        HttpService program = new HttpService(target.application() + "/" + service.name(), pools);
        List<Instance> made = new ArrayList<>();
        for (int i = 0; i < service.instances(); i++) {
            ProcessSubject subject = ProcessSubject.start(
                    program.spec(
                            target.run() + "-" + service.name() + "-" + i,
                            url(pools.get(0).port())),
                    folder);
            HttpInstance instance = new HttpInstance(service, plan, subject, clock, notes);
            made.add(instance);
            instance.warmUp();
        }
        return Optional.of(made);
    }

    @Override
    public List<String> unmodelled() {
        List<String> missing = new ArrayList<>(others.unmodelled());
        for (Fault fault : plan.faults()) {
            boolean overHttp = libraries.containsKey(fault.on());
            if (fault instanceof Fault.Leak && !overHttp) {
                missing.add("fault leak on a service that is not loaded over HTTP (subject: http)");
            } else if (overHttp && (fault instanceof Fault.StartInstances || fault instanceof Fault.RestartInstances)) {
                missing.add("fault " + fault.word() + " on a service that is loaded over HTTP");
            }
        }
        for (PlannedService service : plan.topology().services()) {
            boolean several = service.processes().stream()
                            .mapToInt(Topology.PlannedProcess::count)
                            .sum()
                    > 1;
            if (libraries.containsKey(service.name()) && several) {
                missing.add("several processes in an instance of " + service.name() + " that is loaded over HTTP");
            }
        }
        return missing;
    }

    private static PoolSpec pool(PlannedService service, PlannedPool pool, String library, int port)
            throws IOException {
        if (pool.behaviour() != Topology.Behaviour.QUEUE || pool.size() == Topology.UNLIMITED) {
            throw new IOException("pool = " + pool.name()
                    + ": over HTTP the lab loads pools that queue and have a size; name another class or size");
        }
        return new PoolSpec(
                pool.name().substring(service.name().length() + 1),
                library,
                port,
                pool.size(),
                pool.overflow() == Topology.UNLIMITED ? -1 : pool.overflow(),
                pool.acquireTimeoutNanos() == Long.MAX_VALUE ? 0 : Math.max(1, pool.acquireTimeoutNanos() / MILLION),
                seconds(pool.connectTimeoutNanos(), Duration.ofHours(1).toSeconds()),
                pool.maxLifetimeNanos() == Long.MAX_VALUE ? 0 : Math.max(1, pool.maxLifetimeNanos() / MILLION),
                seconds(pool.reclaimAfterNanos(), 0),
                opened(service, pool));
    }

    /** Whole seconds from 1, because driver and library know no finer unit. */
    private static long seconds(long nanos, long none) {
        return nanos == Long.MAX_VALUE
                ? none
                : Math.max(1, Duration.ofNanos(nanos).toSeconds());
    }

    private static int opened(PlannedService service, PlannedPool pool) {
        int opened = service.steps().stream()
                .flatMap(List::stream)
                .filter(step ->
                        step.kind() == StartupPhase.Kind.CONNECT && step.pool().equals(pool.name()))
                .mapToInt(Topology.PlannedStep::connections)
                .max()
                .orElse(0);
        return Math.min(opened, pool.limit());
    }

    private URI url(int port) {
        return URI.create("postgresql://" + encoded(target.user()) + ":" + encoded(target.password()) + "@127.0.0.1:"
                + port + "/" + target.database());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
