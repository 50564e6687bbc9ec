package dev.poolwright.files;

import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.files.tree.Nearest;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Source;
import dev.poolwright.files.tree.YamlReader;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A scenario file ({@code docs/fleet-file.md}, "Scenarios"), or one of the built-in scenarios. It is bound to a fleet before it
 * can be run: its needs are looked up there, and {@code $service}, {@code $load}, {@code $pool}, {@code $path} and
 * {@code $server} stand for what was found. Immutable.
 */
public final class ScenarioFile {

    private static final List<String> BUILT_IN = List.of(
            "acquisition",
            "all-phases",
            "backpressure",
            "cold-starts",
            "connector-scaling",
            "degradation",
            "healing",
            "incompatible-pool",
            "isolation",
            "leak",
            "metric-accuracy",
            "overload",
            "path-scale-out",
            "path-stress",
            "pool-exhausted",
            "queueing",
            "saturation",
            "server-limit",
            "spikes",
            "startup-storm");

    private final Node tree;

    private ScenarioFile(Node tree) {
        this.tree = tree;
    }

    /** The names of the built-in scenarios. */
    public static List<String> names() {
        return BUILT_IN;
    }

    /**
     * Reads a file.
     *
     * @throws Problems with everything that is wrong with it as such; what a fleet lacks shows when it is bound
     */
    public static ScenarioFile read(Path file) throws Problems {
        ProblemList problems = new ProblemList();
        Optional<String> text = Source.text(file, problems);
        problems.throwIfAny();
        return of(file.toString(), text.orElse(""));
    }

    /**
     * A built-in scenario.
     *
     * @throws Problems when there is none of that name
     */
    public static ScenarioFile builtIn(String name) throws Problems {
        ProblemList problems = new ProblemList();
        if (!BUILT_IN.contains(name)) {
            problems.add(new Problem(
                    "no such scenario",
                    "scenario",
                    name,
                    Origin.NONE,
                    String.join(", ", BUILT_IN) + ", or the path of a file",
                    Nearest.hint(name, BUILT_IN)));
            problems.throwIfAny();
        }
        String resource = "scenarios/" + name + ".yaml";
        try (InputStream in = ScenarioFile.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from this build");
            }
            Optional<String> text = Source.decode(in.readAllBytes(), new Origin(resource, 0, 0), problems);
            problems.throwIfAny();
            return of(resource, text.orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScenarioFile of(String file, String text) throws Problems {
        ProblemList problems = new ProblemList();
        Node tree = YamlReader.read(file, text, problems).orElse(Node.Entries.empty(new Origin(file, 0, 0)));
        problems.throwIfAny();
        ScenarioReader.checkAlone(tree, problems);
        problems.throwIfAny();
        return new ScenarioFile(tree);
    }

    /** The name that the file gives itself. */
    public String name() {
        return ScenarioReader.text(tree, "scenario");
    }

    /** One or two sentences. */
    public String about() {
        return ScenarioReader.text(tree, "about");
    }

    /**
     * The scenario and the fleet that it happens to.
     *
     * @param environment of the fleet; empty for none
     * @throws Problems with everything that the fleet lacks, or that is wrong once {@code set} is applied
     */
    public Bound bind(FleetFile file, String environment) throws Problems {
        ProblemList problems = new ProblemList();
        Needs needs = Needs.of(tree, file.fleet(environment), problems);
        problems.throwIfAny();
        Node named = needs.fill(tree, problems);
        problems.throwIfAny();
        Optional<Node> set =
                Optional.ofNullable(((Node.Entries) named).entries().get("set")).map(Node.Entry::value);
        Fleet fleet = file.fleet(environment, set);
        Scenario scenario = ScenarioReader.read(named, fleet, needs.bound(), problems);
        problems.throwIfAny();
        return new Bound(fleet, scenario);
    }

    /** A scenario with the fleet that it happens to; the fleet has the scenario's {@code set} applied. */
    public record Bound(Fleet fleet, Scenario scenario) {}
}
