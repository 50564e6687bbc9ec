package dev.poolwright.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of {@link Fuzz} on our own small trees; {@code bench/scan/fuzz} runs it for minutes. */
final class FuzzTest {

    private static final int ROUNDS = 40;

    @TempDir
    Path place;

    @Test
    void changedFilesAreReadWithoutFailure() throws IOException, InterruptedException {
        AtomicInteger rounds = new AtomicInteger();
        Path training = Path.of("../../bench/scan/training");

        int inputs = new Fuzz(List.of(training), place, 20_261_121).run(() -> rounds.incrementAndGet() <= ROUNDS);

        assertThat(inputs).isEqualTo(ROUNDS * 12);
    }
}
