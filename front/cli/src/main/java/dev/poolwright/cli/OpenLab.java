package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.lab.run.Calibration;
import dev.poolwright.lab.run.Lab;
import dev.poolwright.lab.run.LabOptions;
import dev.poolwright.lab.run.SpeedLimit;
import dev.poolwright.lab.server.CleanUp;
import dev.poolwright.lab.server.DatabaseUrl;
import dev.poolwright.lab.server.EmbeddedServer;
import dev.poolwright.lab.server.EmbeddedSettings;
import dev.poolwright.lab.server.GuardRails;
import dev.poolwright.lab.server.Interrupts;
import dev.poolwright.lab.server.LabServer;
import dev.poolwright.lab.server.Leftovers;
import dev.poolwright.lab.server.LoadLimits;
import dev.poolwright.lab.server.Preflight;
import dev.poolwright.lab.server.RunName;
import dev.poolwright.lab.server.ServerRefusal;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** A lab that is ready: a server that may be loaded, what earlier runs left removed, this machine's parts measured. */
final class OpenLab implements Bench, AutoCloseable {

    /** As many as the largest run and its neighbours may want; an idle one costs about a megabyte. */
    private static final int EMBEDDED_CONNECTIONS = 400;

    /** A plan longer than this is run faster, where that is honest. */
    private static final double COMFORTABLE_NANOS = 6e9;

    private static final double FASTEST_BY_ITSELF = 10;

    private final LabServer server;
    private final Interrupts interrupts;
    private final Lab lab;
    private final Path folder;
    private final Terminal terminal;
    private final Set<String> told = new HashSet<>();
    private Optional<Calibration> calibration = Optional.empty();

    private OpenLab(LabServer server, Interrupts interrupts, Lab lab, Path folder, Terminal terminal) {
        this.server = server;
        this.interrupts = interrupts;
        this.lab = lab;
        this.folder = folder;
        this.terminal = terminal;
    }

    /** @throws ServerRefusal when there is no server that may be loaded, with everything that is wrong */
    static OpenLab open(LabChoices choices, Terminal terminal) throws IOException {
        Clock clock = Clock.system();
        Path home = EmbeddedSettings.defaultHome();
        Leftovers.removeLocal(home, clock).forEach(terminal::note);
        Interrupts interrupts = Interrupts.watch(terminal::note, clock);
        String prefix = "p" + Long.toString(ProcessHandle.current().pid(), 36);
        LabServer server = choices.database
                .map(url -> LabServer.at(DatabaseUrl.parse(url, System.getenv())))
                .orElseGet(() -> embedded(home, prefix, interrupts, clock));
        GuardRails rails = new GuardRails(choices.mayLoad);
        // Before anything is sent to it: a server that may not be loaded is not even connected to.
        rails.check(server, new RunName(prefix + "_0"), new LoadLimits(1, Duration.ofSeconds(1), true))
                .orThrow();
        Folders.removeStale().forEach(terminal::note);
        Path folder = Folders.create();
        interrupts.register("folder of logs", () -> Folders.remove(folder));
        Lab lab = new Lab(server, rails, interrupts, folder, prefix, clock);
        return new OpenLab(server, interrupts, lab, folder, terminal);
    }

    private static LabServer embedded(Path home, String prefix, Interrupts interrupts, Clock clock) {
        EmbeddedServer server =
                LabServer.embedded(new EmbeddedSettings(new RunName(prefix), EMBEDDED_CONNECTIONS, home), clock);
        interrupts.register("embedded PostgreSQL", server::stop);
        return server;
    }

    Lab lab() {
        return lab;
    }

    /** Says once what a run on a server that is not ours will do, and refuses what cannot run; nothing is changed. */
    void preflight(Plan plan, LabOptions options) throws IOException, InterruptedException {
        Preflight preflight = lab.preflight(plan).orThrow();
        if (!(server instanceof EmbeddedServer) && told.add("preflight")) {
            preflight.sentences().forEach(terminal::note);
            Leftovers.removeFrom(server, Clock.system()).forEach(terminal::note);
        }
        if (told.add("rehearsal")) {
            lab.rehearse(plan, options);
        }
    }

    @Override
    public List<JudgedRun> measure(List<Plan> plans, LabOptions options, boolean oneAtATime, DoubleConsumer progress)
            throws IOException, InterruptedException {
        return LabStage.run(this, plans, options, oneAtATime, progress);
    }

    /** Measured once, when it is first asked for. */
    @Override
    public Calibration calibration() throws SQLException {
        if (calibration.isEmpty()) {
            calibration = Optional.of(Calibration.measure(server, Clock.system()));
        }
        return calibration.get();
    }

    /**
     * The speed of a plan: as asked for, or as fast as is honest and not faster than is comfortable.
     *
     * @param plan at speed 1
     * @throws WrongUse when the speed asked for is not honest here
     */
    @Override
    public double speed(Plan plan, Optional<Double> asked) throws SQLException {
        SpeedLimit limit = SpeedLimit.of(plan, calibration());
        if (asked.isPresent()) {
            double factor = asked.get();
            if (!(factor >= 1) || factor > limit.factor()) {
                throw new WrongUse(String.format(
                        Locale.ROOT,
                        "speed = %.1f: allowed for this plan on this machine is 1 to %.1f, bound by %s; ask for less, or leave --speed out",
                        factor,
                        limit.factor(),
                        limit.boundBy()));
            }
            return factor;
        }
        double wanted = plan.header().durationNanos() / COMFORTABLE_NANOS;
        double honest = Math.max(1, Math.min(Math.min(limit.factor(), FASTEST_BY_ITSELF), wanted));
        return Math.floor(honest * 10) / 10;
    }

    @Override
    public void close() {
        interrupts.close();
        CleanUp cleanUp = server.stop();
        CleanUp files = Folders.remove(folder);
        List.of(cleanUp, files)
                .forEach(part -> part.leftovers().forEach(problem -> terminal.note("left behind: " + problem)));
    }
}
