package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.finding.Finding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsJunitTest {

    private static final Map<String, String> TITLES =
            Map.of(Samples.budget().code(), "The pools together can ask for more connections than the server has");

    @Test
    void aRuleFailsFromTheSeverityThatFailsTheCommand() {
        String fails = FindingsJunit.xml("shop", List.of(Samples.budget()), TITLES, Severity.WARNING);
        assertThat(fails)
                .contains("failures=\"1\"", "<failure ", Samples.budget().code());
        String passes = FindingsJunit.xml("shop", List.of(), TITLES, Severity.ERROR);
        assertThat(passes).contains("failures=\"0\"").doesNotContain("<failure");
    }
}
