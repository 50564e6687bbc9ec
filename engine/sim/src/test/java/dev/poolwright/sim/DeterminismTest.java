package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same plan gives the same bytes, whatever the heap, the processors, the time zone or the language. */
class DeterminismTest {

    private static final long PATIENCE_SECONDS = 60;

    static String hash() throws NoSuchAlgorithmException {
        Plan plan = ConnectorScalingTest.plans(10).plan();
        byte[] bytes = Simulator.run(plan).toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Prints the hash; run in a machine of its own by the test. */
    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        System.out.print(hash());
    }

    @Test
    void twoRunsOfOnePlanGiveTheSameBytes() throws NoSuchAlgorithmException {
        assertThat(hash()).isEqualTo(hash());
    }

    @Test
    void aMachineWithOtherSettingsGivesTheSameBytes()
            throws NoSuchAlgorithmException, IOException, InterruptedException {
        Process other = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:ActiveProcessorCount=1",
                        "-XX:+UseSerialGC",
                        "-Duser.timezone=Asia/Kathmandu",
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Dpoolwright.seed=" + Long.getLong("poolwright.seed", 42L),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeterminismTest.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(other.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.exitValue()).isZero();
        assertThat(printed).isEqualTo(hash());
    }
}
