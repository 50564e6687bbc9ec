package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.LinkKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    private static final RunRecord LAB =
            Samples.broken("lab", "before-1278.yaml", 4).record();
    private static final RunRecord SIM =
            Samples.holding("sim", "after-1278.yaml", 1).record();
    private static final Path SCHEMA = Path.of("..", "..", "docs", "run-record.schema.json");

    @Test
    void whatIsReadBackIsWhatWasWritten() {
        assertThat(JsonReport.read(JsonReport.file(LAB, Samples.ENVELOPE))).isEqualTo(LAB);
        assertThat(JsonReport.read(JsonReport.file(SIM, Samples.ENVELOPE))).isEqualTo(SIM);
    }

    @Test
    void bodyHasTheSameBytesWhateverTheEnvelopeSays() {
        Envelope other =
                new Envelope("9", "elsewhere", Samples.ENVELOPE.startedAt().plusSeconds(9), "26");
        assertThat(JsonReport.file(SIM, other)).endsWith("\"body\":" + JsonReport.body(SIM) + "}\n");
        assertThat(JsonReport.body(SIM))
                .isEqualTo(JsonReport.body(
                        Samples.holding("sim", "after-1278.yaml", 1).record()));
    }

    @Test
    void filesFollowThePublicSchema() throws IOException {
        assertThat(problems(JsonReport.file(LAB, Samples.ENVELOPE))).isEmpty();
        assertThat(problems(JsonReport.file(SIM, Samples.ENVELOPE))).isEmpty();
    }

    @Test
    void schemaRefusesWhatTheFormatDoesNotSay() throws IOException {
        String file = JsonReport.file(LAB, Samples.ENVELOPE);
        assertThat(problems(file.replace("\"format\":1", "\"format\":2"))).isNotEmpty();
        assertThat(problems(file.replace("path.full", "path.fuller"))).isNotEmpty();
        assertThat(problems(file.replace("\"bin_nanos\"", "\"bin_millis\""))).isNotEmpty();
        assertThat(problems(file.replace("\"body\"", "\"secret\":1,\"body\""))).isNotEmpty();
    }

    @Test
    void schemaKnowsEveryLinkAndEveryOutcome() throws IOException {
        String schema = Files.readString(SCHEMA);
        for (LinkKind kind : LinkKind.values()) {
            assertThat(schema).contains("\"" + kind.word() + "\"");
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(schema).contains("\"" + outcome.name().toLowerCase(Locale.ROOT) + "\"");
        }
    }

    @Test
    void readerNamesWhatIsWrong() {
        String file = JsonReport.file(LAB, Samples.ENVELOPE);
        assertThatThrownBy(() -> JsonReport.read(file.replace("\"format\":1", "\"format\":2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format = 2: must be 1");
        assertThatThrownBy(() -> JsonReport.read(file.replace("\"bin_nanos\"", "\"bin\"")))
                .hasMessageContaining("bin_nanos: missing");
        assertThatThrownBy(() -> JsonReport.read(file.replace("path.full", "path.fuller")))
                .hasMessageContaining("kind = path.fuller");
        assertThatThrownBy(() -> JsonReport.read("{")).hasMessageContaining("not JSON");
    }

    private static Set<ValidationMessage> problems(String json) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        return schema.validate(json, InputFormat.JSON);
    }
}
