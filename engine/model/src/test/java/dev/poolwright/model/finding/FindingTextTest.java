package dev.poolwright.model.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FindingTextTest {

    @Test
    void termsStandInColumnsWithTheirPlaces() {
        Finding finding = new Finding(
                "PW010",
                Severity.ERROR,
                "too many",
                "main",
                List.of(
                        new Term("size", "25", new Origin("app/database.py", 51, 9)),
                        new Term("instances", "4", new Origin("deploy.yaml", 0, 0)),
                        new Term("wanted", "25 x 4 = 100", Origin.NONE)),
                "fewer",
                Origin.NONE);
        assertThat(FindingText.of(finding)).isEqualTo("""
                        PW010 error: too many
                          size      = 25  app/database.py:51
                          instances = 4   deploy.yaml
                          wanted    = 25 x 4 = 100
                          do: fewer
                          why: docs/rules/PW010.md
                        """);
    }
}
