package dev.poolwright.rules;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.fleet.Fleet;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fleets from text, for tests. */
final class Fleets {

    private Fleets() {}

    /** All of a file: the base, each environment, the reasons. */
    static Checked checked(String name, String yaml) {
        try {
            FleetFile file = FleetFile.read(Path.of(name), yaml);
            SortedMap<String, Fleet> environments = new TreeMap<>();
            for (String environment : file.environments()) {
                environments.put(environment, file.fleet(environment));
            }
            return new Checked(file.fleet(""), environments, file.reasons());
        } catch (Problems e) {
            throw new AssertionError(name + " does not read: " + e.getMessage(), e);
        }
    }
}
