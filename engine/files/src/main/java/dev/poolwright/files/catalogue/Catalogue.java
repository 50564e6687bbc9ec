package dev.poolwright.files.catalogue;

import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.files.tree.Nearest;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Section;
import dev.poolwright.files.tree.Source;
import dev.poolwright.files.tree.YamlReader;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What managed databases allow, by tier ({@code gcp/cloud-sql/postgresql/3.75GB}). Every value carries its source, the date
 * it was read and how sure it is. Immutable once made.
 */
public final class Catalogue {

    private static final List<String> FILES = List.of("gcp-cloud-sql", "aws-rds");

    private final Map<String, Family> families;

    private Catalogue(Map<String, Family> families) {
        this.families = families;
    }

    /** The catalogue that comes with this version; read when the first tier is looked up. */
    public static Catalogue builtIn() {
        return BuiltIn.CATALOGUE;
    }

    /** The form in which a fleet file names a tier. */
    public static Form<Tier> form() {
        return new Form<>(
                "a tier of the catalogue, for example gcp/cloud-sql/postgresql/3.75GB",
                text -> builtIn().tier(text));
    }

    /** The names of the families, each to be followed by {@code /} and a memory size or a tier's name. */
    public List<String> families() {
        return List.copyOf(families.keySet());
    }

    /**
     * What a managed server allows by the tier that its own manifest names ({@code db-g1-small}, {@code db-custom-2-7680},
     * {@code db.t3.medium}); empty when no rule for it is known. Amazon's classes are read as those of RDS: Aurora for
     * PostgreSQL has the same rule.
     */
    public Optional<Tier> managed(String engine, String tier) {
        return ManagedTiers.name(engine, tier).flatMap(name -> {
            try {
                return Optional.of(tier(name));
            } catch (Unreadable unknown) {
                return Optional.empty();
            }
        });
    }

    private Tier tier(String text) throws Unreadable {
        int slash = text.lastIndexOf('/');
        String family = slash < 0 ? text : text.substring(0, slash);
        Family found = families.get(family);
        if (found == null) {
            String near = Nearest.to(family, families.keySet()).orElse(String.join(" or ", families.keySet()));
            throw new Unreadable("no such tier", "write " + near + "/…");
        }
        return found.tier(text, text.substring(slash + 1));
    }

    /**
     * What one tier allows.
     *
     * @param name as written
     * @param engine {@code postgresql} or {@code mysql}
     * @param maxConnections the default of the tier
     * @param reserved connections that applications cannot have
     */
    public record Tier(String name, String engine, Value<Integer> maxConnections, Value<Integer> reserved) {}

    private static Catalogue read() {
        Map<String, Family> families = new LinkedHashMap<>();
        ProblemList problems = new ProblemList();
        for (String file : FILES) {
            String label = "catalogue/" + file + ".yaml";
            Node root = Source.decode(bytes(label), new Origin(label, 0, 0), problems)
                    .flatMap(text -> YamlReader.read(label, text, problems))
                    .orElse(Node.Entries.empty(new Origin(label, 0, 0)));
            Section.of("", root, problems).items("families").forEach(one -> {
                Family family = Family.read(one);
                families.put(family.name(), family);
            });
        }
        try {
            problems.throwIfAny();
        } catch (Problems broken) {
            throw new IllegalStateException("the built-in catalogue is broken: " + broken.getMessage(), broken);
        }
        return new Catalogue(families);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Catalogue.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read once, and only by those who look a tier up. */
    private static final class BuiltIn {
        private static final Catalogue CATALOGUE = read();
    }
}
