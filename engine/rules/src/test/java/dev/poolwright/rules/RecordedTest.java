package dev.poolwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.FindingText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule against its recorded fleets: {@code fires*.yaml} must give exactly {@code fires*.txt}, {@code silent*.yaml}
 * nothing of this code. A file that begins with {@code facts:} stands for what a scan found ({@link FactsYaml}). What a rule really said lies in {@code target/recorded} after a run.
 */
final class RecordedTest {

    private static final Path RECORDED = Path.of("src/test/resources/recorded");
    private static final Path PAGES = Path.of("../../docs/rules");

    static Stream<Rule> rules() {
        return Rules.all().stream();
    }

    static Stream<Path> fires() {
        return files("fires");
    }

    static Stream<Path> silent() {
        return files("silent");
    }

    @ParameterizedTest
    @MethodSource("fires")
    void whatMustFireSaysWhatWasRecorded(Path fleet) throws IOException {
        Path text = Path.of(fleet.toString().replace(".yaml", ".txt"));
        String said = said(fleet);
        assertThat(said).isNotEmpty();
        assertThat(Files.exists(text) ? Files.readString(text) : "").isEqualTo(said);
    }

    @ParameterizedTest
    @MethodSource("silent")
    void whatMustNotFireIsSilent(Path fleet) throws IOException {
        assertThat(said(fleet)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasARecordedFiringASilenceAndAPageThatShowsTheFiring(Rule rule) throws IOException {
        assertThat(rule.getClass().getSimpleName()).startsWith(rule.code());
        Path folder = RECORDED.resolve(rule.code());
        assertThat(folder.resolve("fires.txt")).exists();
        assertThat(folder.resolve("silent.yaml")).exists();
        Path page = PAGES.resolve(rule.code() + ".md");
        assertThat(page).exists();
        assertThat(Files.readString(page))
                .startsWith("# " + rule.code() + ": ")
                .contains("## Why it matters", "## How to fix it", "## What it says")
                .contains(Files.readString(folder.resolve("fires.txt")));
    }

    private static String said(Path fleet) throws IOException {
        String code = fleet.getName(fleet.getNameCount() - 2).toString();
        Rule rule = Rules.all().stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
        String text = Files.readString(fleet);
        List<Finding> found =
                rule.check(FactsYaml.is(text) ? Checked.of(FactsYaml.read(text)) : Fleets.checked("fleet.yaml", text));
        String said = found.stream().map(FindingText::of).collect(Collectors.joining("\n"));
        Path folder = Files.createDirectories(Path.of("target/recorded", code));
        Files.writeString(folder.resolve(fleet.getFileName().toString().replace(".yaml", ".txt")), said);
        return said;
    }

    private static Stream<Path> files(String begin) {
        try (Stream<Path> all = Files.walk(RECORDED, 2)) {
            return all
                    .filter(path -> path.getFileName().toString().startsWith(begin)
                            && path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
