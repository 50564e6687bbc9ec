package dev.poolwright.lab.run;

import dev.poolwright.lab.run.LabOptions.OwnLibrary;
import dev.poolwright.lab.subject.PoolSettings;
import dev.poolwright.lab.subject.ProcessSubject;
import dev.poolwright.lab.subject.PythonService;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedService;
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

/** Makes the instances of services that run on the real SQLAlchemy, one Python process each. */
final class SqlAlchemyInstances implements LabRun.OwnInstances {

    private final Map<String, OwnLibrary> own;
    private final LabTarget target;
    private final Path folder;

    SqlAlchemyInstances(Map<String, OwnLibrary> own, LabTarget target, Path folder) {
        this.own = own;
        this.target = target;
        this.folder = folder;
    }

    @Override
    public Optional<List<Instance>> make(PlannedService service, Paths paths, RunClock clock, Worker.Notes notes)
            throws IOException, InterruptedException {
        OwnLibrary library = own.get(service.name());
        if (library == null) {
            return Optional.empty();
        }
        List<Instance> made = new ArrayList<>();
        for (int instance = 0; instance < service.instances(); instance++) {
            PlannedPool pool = service.pools().get(0);
            PythonService program = PythonService.of(
                    library.engine(), library.poolClass(), settings(pool), target.application() + "/" + service.name());
            String name = service.name() + "-" + instance;
            ProcessSubject subject =
                    ProcessSubject.start(program.spec(name, library.python(), url(paths.port(pool)), folder), folder);
            made.add(new LibraryInstance(service.name(), pool.name(), subject, clock, notes));
        }
        return Optional.of(made);
    }

    private static PoolSettings settings(PlannedPool pool) {
        Duration acquire = pool.acquireTimeoutNanos() == Long.MAX_VALUE
                ? PoolSettings.FOREVER
                : Duration.ofNanos(pool.acquireTimeoutNanos());
        return PoolSettings.of(pool.size(), pool.overflow(), acquire);
    }

    private URI url(int port) {
        return URI.create("postgresql://" + encoded(target.user()) + ":" + encoded(target.password()) + "@127.0.0.1:"
                + port + "/" + target.database());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
