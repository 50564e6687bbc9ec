package dev.poolwright.cli;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.rules.Checked;
import dev.poolwright.rules.Rules;
import dev.poolwright.scan.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A source tree, scanned and judged.
 *
 * @param derived what the tree alone shows
 * @param findings in order of severity, code and place
 */
record TreeCheck(Facts facts, DerivedFleet derived, List<Finding> findings) {

    private static final String FLEET_FILE = "poolwright.yaml";

    /**
     * @throws IOException when the folder cannot be read
     * @throws Problems with everything that is wrong with the fleet file in it
     */
    static TreeCheck of(Path root) throws IOException, InterruptedException, Problems {
        Facts facts = Scan.of(root);
        DerivedFleet derived = DerivedFleet.of(facts);
        Path file = root.resolve(FLEET_FILE);
        if (!Files.isRegularFile(file)) {
            return new TreeCheck(facts, derived, Rules.check(Checked.of(derived, facts)));
        }
        FleetFile stated = FleetFile.read(file, facts);
        SortedMap<String, Fleet> environments = new TreeMap<>();
        for (String environment : stated.environments()) {
            environments.put(environment, stated.fleet(environment));
        }
        Checked joined = new Checked(stated.fleet(""), environments, stated.reasons(), facts, false);
        return new TreeCheck(facts, derived, Rules.joined(joined));
    }
}
