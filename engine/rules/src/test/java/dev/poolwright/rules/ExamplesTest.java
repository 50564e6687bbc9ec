package dev.poolwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.FindingText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules say of the example fleets; the whole of it lies in {@code target/examples} after a run. */
final class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../../examples");

    private static List<Finding> check(String name) throws IOException {
        Path file = EXAMPLES.resolve(name);
        List<Finding> found = Rules.check(Fleets.checked(file.toString(), Files.readString(file)));
        Path folder = Files.createDirectories(Path.of("target/examples"));
        Files.writeString(
                folder.resolve(file.getFileName() + ".txt"),
                found.stream().map(FindingText::of).collect(Collectors.joining("\n")));
        return found;
    }

    private static List<String> codes(List<Finding> found) {
        return found.stream().map(Finding::code).distinct().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "netra/after-queuepool.yaml",
                "netra/after-1278.yaml",
                "netra/after-queueing.yaml",
                "netra/after-saturation.yaml"
            })
    void aMendedFleetHasNoError(String name) throws IOException {
        assertThat(check(name)).noneMatch(one -> one.severity() == Severity.ERROR);
    }

    @Test
    void theDefectIsTheIncompatibleClassAndNothingElseOfItsKind() throws IOException {
        assertThat(check("netra/before-queuepool.yaml"))
                .filteredOn(one -> one.code().equals("PW001"))
                .singleElement()
                .satisfies(one -> assertThat(FindingText.of(one))
                        .contains(
                                "Pool class QueuePool cannot be used with asyncio engine (Background on this error at:"
                                        + " https://sqlalche.me/e/20/pcls)"));
    }

    @Test
    void thePoolWaitOfIssue1278OutlastsItsPhase() throws IOException {
        assertThat(check("netra/before-1278.yaml"))
                .anySatisfy(one -> assertThat(one.message()).contains("pool wait 90 s > phase 75 s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "netra/before-queueing.yaml",
                "netra/before-saturation.yaml",
                "shop-pgbouncer.yaml",
                "orders-reads.yaml"
            })
    void everyOtherExampleIsReadAndJudged(String name) throws IOException {
        assertThat(codes(check(name))).allMatch(code -> code.startsWith("PW0"));
    }
}
