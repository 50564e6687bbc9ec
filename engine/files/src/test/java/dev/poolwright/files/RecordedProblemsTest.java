package dev.poolwright.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.files.problem.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people are told, to the letter. {@code recorded/*.yaml} are wrong fleet files and {@code recorded/*.txt} what is said of
 * them; hostile files are made here. With {@code -Drecord=true} the texts are written anew.
 */
class RecordedProblemsTest {

    private static final Path RECORDED = Path.of("src/test/resources/recorded");

    @TempDir
    private Path directory;

    static Stream<String> wrongFiles() throws IOException {
        try (Stream<Path> files = Files.list(RECORDED)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void everyProblemOfAFileIsToldAtOnce(String name) throws IOException {
        compare(name, Files.readAllBytes(RECORDED.resolve(name + ".yaml")));
    }

    @Test
    void fiftyMegabytesAreRefusedBySize() throws IOException {
        Path file = directory.resolve("fleet.yaml");
        byte[] megabyte = "# a comment that goes on and on\n".repeat(32_768).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 50; i++) {
                out.write(megabyte);
            }
        }
        compare("large", file);
    }

    @Test
    void twentyThousandLevelsOfFlowNestingAreRefused() throws IOException {
        compare("deep-flow", ("fleet: " + "[".repeat(20_000)).getBytes(StandardCharsets.UTF_8));
        compare("deep-map", "{a: ".repeat(20_000).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void twentyThousandLevelsOfBlockNestingAreRefused() throws IOException {
        compare("deep-block", "- ".repeat(20_000).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void binaryJunkIsRefused() throws IOException {
        byte[] junk = new byte[4096];
        for (int i = 0; i < junk.length; i++) {
            junk[i] = (byte) (i * 31 + 7);
        }
        compare("junk", junk);
        compare("control-characters", "fleet: \u0001\u0002".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void otherEncodingsAreRefused() throws IOException {
        compare("utf-16", "format: 1".getBytes(StandardCharsets.UTF_16));
        compare("utf-16-without-mark", "format: 1".getBytes(StandardCharsets.UTF_16LE));
        compare("bad-utf-8", new byte[] {'a', ':', ' ', (byte) 0xC3, (byte) 0x28});
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        compare("empty", new byte[0]);
        compare("only-a-comment", "# nothing\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        compare("directory", directory);
        compare("missing", directory.resolve("fleet.yaml"));
    }

    @Test
    void aFileWithoutPermissionIsRefused() throws IOException {
        Path file = directory.resolve("fleet.yaml");
        Files.writeString(file, "format: 1");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        if (Files.isReadable(file)) {
            System.out.println("skipped: this user reads every file, whatever its rights");
            return;
        }
        compare("no-permission", file);
    }

    private void compare(String name, byte[] content) throws IOException {
        Path file = directory.resolve("fleet.yaml");
        Files.write(file, content);
        compare(name, file);
    }

    private void compare(String name, Path file) throws IOException {
        Problems problems = catchThrowableOfType(Problems.class, () -> FleetFile.read(file));
        assertThat(problems).as("problems of " + name).isNotNull();
        String told = String.valueOf(problems.getMessage())
                        .replace(file.toString(), "fleet.yaml")
                        .replace(directory.toString(), "directory")
                + "\n";
        Path recorded = RECORDED.resolve(name + ".txt");
        if (Boolean.getBoolean("record")) {
            Files.writeString(recorded, told);
        }
        assertThat(told).isEqualTo(Files.readString(recorded));
    }
}
