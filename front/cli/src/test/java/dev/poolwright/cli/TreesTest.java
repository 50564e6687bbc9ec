package dev.poolwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.finding.FindingText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole source trees: {@code trees/NAME/tree} must give exactly the findings in {@code trees/NAME/expected.txt}, in order;
 * an empty file is a tree that must stay silent. With {@code -Dpoolwright.record=true} what is found is written there.
 */
@Timeout(120)
final class TreesTest {

    private static final Path TREES = Path.of("src/test/resources/trees");

    static List<Path> trees() throws IOException {
        try (Stream<Path> all = Files.list(TREES)) {
            return all.filter(path -> Files.isDirectory(path.resolve("tree")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("trees")
    void aTreeGivesTheFindingsThatWereRecorded(Path folder) throws IOException, InterruptedException, Problems {
        String said = TreeCheck.of(folder.resolve("tree")).findings().stream()
                .map(FindingText::of)
                .collect(Collectors.joining("\n"));
        Path expected = folder.resolve("expected.txt");
        if (Boolean.getBoolean("poolwright.record")) {
            Files.writeString(expected, said);
        }
        assertThat(said)
                .as("findings of " + folder.getFileName())
                .isEqualTo(Files.exists(expected) ? Files.readString(expected) : "(no expected.txt)");
    }
}
