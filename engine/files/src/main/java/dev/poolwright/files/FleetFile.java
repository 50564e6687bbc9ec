package dev.poolwright.files;

import dev.poolwright.files.fleet.FleetReader;
import dev.poolwright.files.fleet.Scanned;
import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.files.tree.Nearest;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Overlay;
import dev.poolwright.files.tree.Source;
import dev.poolwright.files.tree.YamlReader;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Origin;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fleet file ({@code docs/fleet-file.md}): a fleet and its environments. What is read without a problem is complete and
 * consistent in every environment. Immutable.
 */
public final class FleetFile {

    private final Path file;
    private final Path directory;
    private final Node base;
    private final Environments environments;
    private final Scanned scanned;

    private FleetFile(Path file, Path directory, Node base, Environments environments, Scanned scanned) {
        this.directory = directory;
        this.scanned = scanned;
        this.file = file;
        this.base = base;
        this.environments = environments;
    }

    /**
     * Reads a file and checks it in every environment. What {@code from:} names stays unknown.
     *
     * @throws Problems with everything that is wrong with it
     */
    public static FleetFile read(Path file) throws Problems {
        return read(file, directory(file), text(file), Scanned.NOT);
    }

    /**
     * Reads a file beside the source tree that it is about: what {@code from:} names is read from there, and what this file
     * writes wins.
     *
     * @throws Problems with everything that is wrong with it, a pool that the tree does not have included
     */
    public static FleetFile read(Path file, Facts facts) throws Problems {
        return read(file, directory(file), text(file), Scanned.of(facts));
    }

    /**
     * Reads the file of that name in a source tree; its places are relative to the tree, as those of the facts are.
     *
     * @throws Problems with everything that is wrong with it, a pool that the tree does not have included
     */
    public static FleetFile in(Path tree, String name, Facts facts) throws Problems {
        return read(Path.of(name), tree, text(tree.resolve(name)), Scanned.of(facts));
    }

    private static Path directory(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
    }

    private static String text(Path file) throws Problems {
        ProblemList problems = new ProblemList();
        Optional<String> text = Source.text(file, problems);
        problems.throwIfAny();
        return text.orElse("");
    }

    /**
     * Reads text as if it stood in a file.
     *
     * @param file for places, and as the start of relative paths; need not exist
     * @throws Problems with everything that is wrong with it
     */
    public static FleetFile read(Path file, String text) throws Problems {
        return read(file, directory(file), text, Scanned.NOT);
    }

    /** Reads text as if it stood in a file beside a source tree. */
    public static FleetFile read(Path file, String text, Facts facts) throws Problems {
        return read(file, directory(file), text, Scanned.of(facts));
    }

    private static FleetFile read(Path file, Path directory, String text, Scanned scanned) throws Problems {
        ProblemList problems = new ProblemList();
        Optional<Node> root = YamlReader.read(file.toString(), text, problems);
        if (root.isEmpty()) {
            problems.throwIfAny();
        }
        Node whole = root.orElse(Node.Entries.empty(new Origin(file.toString(), 0, 0)));
        Environments environments = Environments.read(whole, problems);
        FleetFile read = new FleetFile(file, directory, Overlay.without(whole, "environments"), environments, scanned);
        read.bind("", Optional.empty(), problems);
        for (String environment : environments.names()) {
            read.bind(environment, Optional.empty(), problems);
        }
        problems.throwIfAny();
        return read;
    }

    public Path file() {
        return file;
    }

    /** The names of the environments, in the order of the file. */
    public List<String> environments() {
        return environments.names();
    }

    /**
     * The fleet with one environment applied.
     *
     * @param environment its name; empty for none
     * @throws Problems when there is no such environment
     */
    public Fleet fleet(String environment) throws Problems {
        return fleet(environment, Optional.empty());
    }

    /** The fleet with an environment and then the {@code set} of a scenario applied. */
    Fleet fleet(String environment, Optional<Node> set) throws Problems {
        ProblemList problems = new ProblemList();
        if (!environment.isEmpty() && !environments.names().contains(environment)) {
            problems.add(new Problem(
                    "no such environment",
                    "environment",
                    environment,
                    new Origin(file.toString(), 0, 0),
                    environments.names().isEmpty()
                            ? "none, the file has no environments"
                            : String.join(", ", environments.names()),
                    Nearest.hint(environment, environments.names())));
            problems.throwIfAny();
        }
        Fleet fleet = bind(environment, set, problems);
        problems.throwIfAny();
        return fleet;
    }

    private Fleet bind(String environment, Optional<Node> set, ProblemList problems) {
        Node tree = Overlay.apply(base, environments.overlay(environment));
        Node whole = set.map(over -> Overlay.apply(tree, over)).orElse(tree);
        return FleetReader.read(whole, environment, directory, scanned, problems);
    }

    /** Where an environment can be reached, by name ({@code api}, {@code websocket}); empty when the file does not say. */
    public Map<String, URI> endpoints(String environment) {
        return environments.endpoints(environment);
    }

    /** Why an environment differs, by environment, for those that say so as a whole. */
    public Map<String, String> reasons() {
        return environments.reasons();
    }

    /** The values that an environment replaces or adds, in the order of the file. */
    public List<Difference> differences(String environment) {
        return environments.differences(base, environment);
    }

    /**
     * One value that an environment replaces or adds.
     *
     * @param name with dots, for example {@code services.backend.pools.main.size}
     * @param before in the base; empty when it is new there
     * @param after in the environment
     * @param reason the nearest {@code because:} or {@code reason:} around it; empty when there is none
     * @param base where it is written in the base; {@link Origin#NONE} when it is new
     * @param origin where the environment writes it
     */
    public record Difference(String name, String before, String after, String reason, Origin base, Origin origin) {}
}
