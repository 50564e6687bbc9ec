package dev.poolwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user calls it: what it says and the exit code. Tests of a module run in the module's folder. */
@Timeout(120)
class CommandTest {

    private static final String NETRA = Path.of("..", "..", "examples", "netra").toString();

    @TempDir
    private Path folder;

    @Test
    void aFleetWithAnErrorExitsWithOneAndShowsTheTerms() {
        Said said = said("check", NETRA + "/before-queuepool.yaml");
        assertThat(said.code).isEqualTo(1);
        assertThat(said.out)
                .contains("PW001 error", "before-queuepool.yaml:")
                .contains("Pool class QueuePool cannot be used with asyncio engine");
    }

    @Test
    void aMendedFleetExitsWithZero() {
        assertThat(said("check", NETRA + "/after-queuepool.yaml").code).isZero();
        assertThat(said("sim", NETRA + "/after-1278.yaml", "connector-scaling").code)
                .isZero();
    }

    @Test
    void theSimulatorBreaksTheFleetOf1278InTheStatedWay() {
        Said said = said("sim", NETRA + "/before-1278.yaml", "connector-scaling");
        assertThat(said.code).isEqualTo(1);
        assertThat(said.out)
                .containsSubsequence(
                        "path.full vpc", "connect.slow backend", "phase.over backend/DATABASE", "exit.3 backend")
                .contains("owner: path");
    }

    @Test
    void everyExpectationOfTheReferenceSystemIsMetInTheSimulator() {
        Said said = said("prove", NETRA, "--no-lab", "--report", folder.toString());
        assertThat(said.out).contains("10 expectations, 10 met");
        assertThat(said.code).isZero();
        assertThat(folder.resolve("prove.html")).isNotEmptyFile();
        assertThat(folder.resolve("prove.xml")).isNotEmptyFile();
    }

    @Test
    void everyExpectationOfTheLabIsMetInTheSimulator() {
        String lab = Path.of("..", "..", "examples", "lab").toString();
        Said said = said("prove", lab, "--stage", "sim", "--cycle", "60m", "--report", folder.toString());
        assertThat(said.out).contains("29 expectations, 29 met").doesNotContain("not seen");
        assertThat(said.code).isZero();
    }

    @Test
    void aBreakWithOtherFiguresIsAnotherBreak() throws IOException {
        Files.writeString(
                folder.resolve("proof.yaml"),
                "- {fleet: "
                        + Path.of(NETRA).toAbsolutePath().resolve("before-saturation.yaml")
                        + ", scenario: saturation, expect: breaks, figures: {acquire_max: 1s}}\n");
        Said said = said("prove", folder.toString(), "--stage", "sim", "--report", folder.toString());
        assertThat(said.code).isEqualTo(1);
        assertThat(said.out).contains("not in the stated way: acquire_max");
    }

    @Test
    void theSameSeedGivesTheSameRecord() throws IOException {
        said(
                "sim",
                NETRA + "/before-saturation.yaml",
                "saturation",
                "--json",
                folder.resolve("a.json").toString());
        said(
                "sim",
                NETRA + "/before-saturation.yaml",
                "saturation",
                "--json",
                folder.resolve("b.json").toString());
        assertThat(body("a.json")).isEqualTo(body("b.json"));
    }

    private String body(String file) throws IOException {
        String json = Files.readString(folder.resolve(file));
        return json.substring(json.indexOf("\"body\""));
    }

    @Test
    void aMissingFileAnUnknownKeyAndAnUnknownScenarioAreWrongUse() throws IOException {
        assertThat(said("check", "no-such.yaml")).satisfies(said -> {
            assertThat(said.code).isEqualTo(2);
            assertThat(said.err).contains("no-such.yaml").doesNotContain("\tat ");
        });
        Path wrong = folder.resolve("wrong.yaml");
        Files.writeString(wrong, "format: 1\nfleet: shop\nservices: {a: {poolz: {}}}\n");
        assertThat(said("check", wrong.toString())).satisfies(said -> {
            assertThat(said.code).isEqualTo(2);
            assertThat(said.err).contains("wrong.yaml:3:", "poolz", "pools");
        });
        assertThat(said("sim", NETRA + "/after-1278.yaml", "no-such")).satisfies(said -> {
            assertThat(said.code).isEqualTo(2);
            assertThat(said.err).contains("scenario = no-such", "connector-scaling", "saturation");
        });
        assertThat(said("chekc").code).isEqualTo(2);
    }

    @Test
    void aScenarioWhoseNeedsTheFleetLacksIsRefused() {
        Said said = said("sim", NETRA + "/before-saturation.yaml", "connector-scaling");
        assertThat(said.code).isEqualTo(2);
        assertThat(said.err).contains("path").doesNotContain("\tat ");
    }

    @Test
    void anUnreachableDatabaseIsOneClearErrorWithoutThePassword() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Said said = said(
                "lab",
                NETRA + "/before-saturation.yaml",
                "saturation",
                "--database",
                "postgresql://me:s3cr3t-word@127.0.0.1:" + free + "/db");
        assertThat(said.code).isEqualTo(2);
        assertThat(said.err + said.out).contains("127.0.0.1").doesNotContain("s3cr3t-word", "\tat ");
    }

    @Test
    void aServerElsewhereIsNotLoadedUnlessItIsNamed() {
        Said said = said(
                "lab",
                NETRA + "/before-saturation.yaml",
                "saturation",
                "--database",
                "postgresql://me:s3cr3t-word@192.0.2.7:5432/db");
        assertThat(said.code).isEqualTo(2);
        assertThat(said.err).contains("192.0.2.7", "--i-may-load").doesNotContain("s3cr3t-word");
    }

    @Test
    void aReportThatCannotBeWrittenIsOneClearError() throws IOException {
        Path file = folder.resolve("a-file");
        Files.writeString(file, "in the way");
        Said said = said(
                "prove",
                NETRA,
                "--no-lab",
                "--only",
                "saturation",
                "--report",
                file.resolve("in").toString());
        assertThat(said.code).isEqualTo(2);
        assertThat(said.err).contains("cannot write report").doesNotContain("\tat ");
    }

    @Test
    void aRuleIsExplainedByItsPage() {
        assertThat(said("explain", "pw010").out).contains("PW010");
        assertThat(said("explain", "PW999").code).isEqualTo(2);
    }

    private static Said said(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            int code = Main.run(arguments);
            return new Said(code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** What a call said. */
    private record Said(int code, String out, String err) {}
}
