package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.poolwright.model.finding.Accepted;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SarifReportTest {

    private static final Map<String, String> TITLES =
            Map.of("PW010", "The pools together can ask for more connections than the server has");
    private static final Finding STREAM = new Finding(
            "PW043",
            Severity.WARNING,
            "postgresql://app:hunter2@db/shop is held while a response streams",
            "stream",
            List.of(new Term("password", "password=hunter2", new Origin("app/a b.py", 3, 0))),
            "close it first",
            new Origin("app/a b.py", 7, 5));

    @Test
    void followsThePublishedSchema() throws IOException {
        String json = SarifReport.json(
                List.of(Samples.budget(), STREAM),
                List.of(new Accepted(Samples.pathBudget(), Accepted.By.COMMENT, "one caller only")),
                TITLES,
                "1",
                origin -> Optional.of("line " + origin.line()));
        try (InputStream schema = SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            assertThat(schema).isNotNull();
            assertThat(JsonSchemaFactory.getInstance(VersionFlag.V7)
                            .getSchema(schema)
                            .validate(json, InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void holdsPlacesLevelsAndSuppressionsButNoSecret() {
        String json = SarifReport.json(
                List.of(STREAM),
                List.of(new Accepted(Samples.budget(), Accepted.By.BASELINE, "before 2026")),
                TITLES,
                "1",
                Excerpts.NONE);
        assertThat(json)
                .contains("\"uri\" : \"app/a%20b.py\"", "\"startLine\" : 7", "\"level\" : \"warning\"", "\"external\"")
                .doesNotContain("hunter2");
    }

    @Test
    void aFingerprintOutlivesMovedLinesAndOtherFigures() {
        Excerpts same = origin -> Optional.of("    yield session");
        Finding moved = new Finding(
                STREAM.code(),
                STREAM.severity(),
                "other words",
                STREAM.subject(),
                List.of(),
                STREAM.fix(),
                new Origin("app/a b.py", 99, 1));
        assertThat(Fingerprint.of(moved, same))
                .isEqualTo(Fingerprint.of(STREAM, same))
                .hasSize(24);
        assertThat(Fingerprint.of(moved, origin -> Optional.of("other"))).isNotEqualTo(Fingerprint.of(STREAM, same));
    }
}
