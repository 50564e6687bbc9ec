package dev.poolwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.files.FleetFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not known must neither become an error nor a silence. */
class UncertainTermsTest {

    @Test
    void aSizeThatIsNotKnownIsNoErrorAlthoughItsCallersAreMany() throws Problems {
        List<Finding> found = findings("{min: 1, max: 1}", "{unknown: set by the platform}");
        assertThat(found).noneMatch(finding -> finding.severity() == Severity.ERROR);
        assertThat(found).anyMatch(finding -> finding.code().equals("PW010"));
    }

    @Test
    void aSurgeThatIsNotKnownIsSaidAndNotTakenForNone() throws Problems {
        List<Finding> found = findings("{min: 1, max: 1, surge: {unknown: set by the platform}}", "10");
        assertThat(found).anyMatch(finding -> finding.code().equals("PW012"));
    }

    private static List<Finding> findings(String instances, String size) throws Problems {
        String fleet = """
                format: 1
                fleet: shop
                servers: {main: {engine: postgresql, version: 17, max_connections: 100, reserved: 3}}
                services:
                  shop:
                    stack: {runtime: threads, library: hikaricp, version: 7.1.0, driver: pgjdbc}
                    instances: %s
                    callers: {kind: threads, most: 200}
                    pools: {main: {to: main, size: %s}}
                """.formatted(instances, size);
        FleetFile file = FleetFile.read(Path.of("fleet.yaml"), fleet);
        return Rules.check(Checked.of(file.fleet("")));
    }
}
