package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs that behave badly: they end early, ignore the signal, or start others. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ProcessSubjectTest {
    @TempDir
    Path folder;

    @Test
    void programThatEndsBeforeItIsReadyIsToldWithItsCodeAndItsLastWords() {
        assertThatThrownBy(() -> ProcessSubject.start(shell("echo no $DATABASE_URL $API_TOKEN; exit 3"), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it ended with 3 before it was ready")
                .hasMessageContaining("no postgresql://tester:***@127.0.0.1:1/none ***")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void programThatNeverGetsReadyIsStopped() {
        assertThatThrownBy(() -> ProcessSubject.start(shell("exec sleep 60"), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not ready within PT1S at /ready");
    }

    @Test
    @SuppressWarnings("try") // closing is what is tested
    void programThatIgnoresTheSignalIsKilledWithItsChildrenAndThoseItCutLoose() throws Exception {
        String script = "trap '' TERM; sleep 61 & setsid sleep 62 & echo started; while true; do sleep 0.1; done";
        try (ProcessSubject subject = ProcessSubject.launch(shell(script), folder)) {
            Polling.until(() -> subject.lastLines().contains("started"), Duration.ofSeconds(20));
            Leftovers mark = new Leftovers(
                    folder.toAbsolutePath() + "/shell:" + subject.base().getPort());
            Polling.until(() -> mark.alive().size() >= 3, Duration.ofSeconds(20));
            subject.close();
            assertThat(subject.exitCode()).hasValue(137);
            assertThat(mark.alive()).isEmpty();
        }
    }

    @Test
    void lastLinesAreBounded() throws Exception {
        try (ProcessSubject subject = ProcessSubject.launch(shell("seq 1 1000; exec sleep 60"), folder)) {
            Polling.until(() -> subject.lastLines().contains("1000"), Duration.ofSeconds(20));
            assertThat(subject.lastLines()).hasSize(200).startsWith("801");
        }
    }

    private static ProcessSpec shell(String script) {
        return new ProcessSpec(
                "shell",
                List.of("/bin/sh", "-c", script),
                Map.of("API_TOKEN", "s3cret-token"),
                URI.create("postgresql://tester:s3cret@127.0.0.1:1/none"),
                "/ready",
                "/work",
                Duration.ofSeconds(1),
                Duration.ofMillis(300));
    }
}
