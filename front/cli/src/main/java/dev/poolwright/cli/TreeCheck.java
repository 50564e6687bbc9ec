package dev.poolwright.cli;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.catalogue.Catalogue;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.derive.Tiers;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.rules.Checked;
import dev.poolwright.rules.Rules;
import dev.poolwright.scan.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A source tree or a fleet file, read and judged.
 *
 * @param facts what the tree holds; none for a fleet file
 * @param derived what the tree alone shows; empty for a fleet file
 * @param fleet that the rules looked at, without an environment
 * @param findings in order of severity, code and place
 */
record TreeCheck(Facts facts, Optional<DerivedFleet> derived, Fleet fleet, List<Finding> findings) {

    private static final String FLEET_FILE = "poolwright.yaml";

    /**
     * @throws IOException when the folder cannot be read
     * @throws Problems with everything that is wrong with the fleet file in it
     */
    static TreeCheck of(Path root) throws IOException, InterruptedException, Problems {
        Facts facts = Scan.of(root);
        DerivedFleet derived = DerivedFleet.of(facts, TreeCheck::allowed);
        Path file = root.resolve(FLEET_FILE);
        if (Files.isRegularFile(file)) {
            return joined(root, facts, derived);
        }
        List<Finding> findings = Rules.check(Checked.of(derived, facts));
        return new TreeCheck(facts, Optional.of(derived), derived.fleet(), findings);
    }

    private static Optional<Tiers.Allowed> allowed(String engine, String tier) {
        return Catalogue.builtIn()
                .managed(engine, tier)
                .map(one -> new Tiers.Allowed(named(one.maxConnections(), tier), named(one.reserved(), tier)));
    }

    /** With the tier's own name: the source of the figure stands in the catalogue. */
    private static Value<Integer> named(Value<Integer> value, String tier) {
        return value instanceof Value.Default<Integer> standard
                ? new Value.Default<>(standard.value(), tier, "in the catalogue of limits")
                : value;
    }

    private static TreeCheck joined(Path root, Facts facts, DerivedFleet derived) throws Problems {
        FleetFile stated = FleetFile.in(root, FLEET_FILE, facts);
        SortedMap<String, Fleet> environments = new TreeMap<>();
        for (String environment : stated.environments()) {
            environments.put(environment, stated.fleet(environment));
        }
        Checked joined = new Checked(stated.fleet(""), environments, stated.reasons(), facts, false);
        return new TreeCheck(facts, Optional.of(derived), joined.base(), Rules.joined(joined));
    }

    /** @throws Problems with everything that is wrong with the file */
    static TreeCheck ofFile(Path file) throws Problems {
        FleetFile read = FleetFile.read(file);
        return new TreeCheck(Facts.NONE, Optional.empty(), read.fleet(""), Inputs.findings(read));
    }
}
