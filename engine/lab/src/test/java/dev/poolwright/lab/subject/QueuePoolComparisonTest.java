package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overflow pool beside the real QueuePool: the same script, the same state after each step. */
@RequiresSqlAlchemy
class QueuePoolComparisonTest {
    private static final long SEED = Long.getLong("poolwright.seed", 20260921L);
    private static final int RANDOM_SCRIPTS = 120;

    private static final List<String> WRITTEN = List.of(
            // Opened when needed, kept up to size, overflow closed on return.
            "2 1 0.1 fifo b1 b2 b3 b4 r1 r2 r3 b5 b6",
            // First in first out, and last in first out.
            "3 0 0.1 fifo b1 b2 b3 r2 r1 r3 b4 b5 b6",
            "3 0 0.1 lifo b1 b2 b3 r2 r1 r3 b4 b5 b6",
            // Waiters are served in their order, and with what was overflow.
            "1 1 20 fifo b1 b2 w3 w4 w5 r2 r1 r3 r4 r5",
            "1 1 20 lifo b1 b2 w3 w4 w5 r2 r1 r3 r4 r5",
            // The timeout names the overflow of that moment.
            "1 1 0.2 fifo b1 b2 w3 w4 r2 t r1 r3",
            "5 10 0.1 fifo b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 b16",
            // Unlimited either way.
            "0 3 0.1 fifo b1 b2 b3 b4 b5 r1 r2 r3 r4 r5 b6",
            "2 -1 0.1 fifo b1 b2 b3 b4 r1 r2 r3 r4 b5",
            // A failed connect gives its slot back.
            "1 1 0.1 fifo f b1 b2 b3 o b4 b5 b6",
            // It wakes nobody: the waiter opens one itself when its time is over.
            "1 0 0.5 fifo s1 w2 g t r2 b3",
            // A spoilt connection leaves an empty slot, which is filled by the next.
            "1 1 0.1 fifo b1 b2 x1 r2 b3 b4 r3 r4",
            // A waiter that gets an empty slot while connecting fails gives it back, which wakes the next.
            "1 0 20 fifo b1 w2 w3 f x1 t o b4 r4",
            "1 0 20 fifo b1 w2 f x1 o b3 r3");

    @Test
    void bothPoolsAreInTheSameStateAfterEveryStep(@TempDir Path folder) throws Exception {
        List<String> scripts = new ArrayList<>(WRITTEN);
        System.out.println("QueuePoolComparisonTest: seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < RANDOM_SCRIPTS; i++) {
            scripts.add(randomScript(random));
        }
        List<String> original = playOnTheOriginal(scripts, folder);
        assertThat(original).hasSameSizeAs(scripts);
        for (int i = 0; i < scripts.size(); i++) {
            assertThat(QueueScript.play(scripts.get(i))).as(scripts.get(i)).isEqualTo(original.get(i));
        }
    }

    /** Twenty steps of callers who never wait long: a timeout of 10 ms keeps the whole run short. */
    private static String randomScript(SplittableRandom random) {
        StringBuilder script = new StringBuilder();
        int size = random.nextInt(4);
        script.append(size).append(' ').append(random.nextInt(-1, 3)).append(" 0.01 ");
        script.append(random.nextBoolean() ? "fifo" : "lifo");
        List<Integer> callers = new ArrayList<>();
        for (int step = 0; step < 20; step++) {
            int what = random.nextInt(20);
            if (what == 0) {
                script.append(" f");
            } else if (what <= 2) {
                script.append(" o");
            } else if (what <= 11 || callers.isEmpty()) {
                script.append(" b").append(step);
                callers.add(step);
            } else {
                int caller = callers.remove(/* index */ random.nextInt(callers.size()));
                script.append(what <= 13 ? " x" : " r").append(caller);
            }
        }
        return script.toString();
    }

    private static List<String> playOnTheOriginal(List<String> scripts, Path folder)
            throws IOException, InterruptedException {
        Path input = Files.write(folder.resolve("scripts"), scripts);
        Path output = folder.resolve("states");
        Process process = new ProcessBuilder(
                        RequiresSqlAlchemy.Python.path(),
                        Path.of("src/test/python/queue_script.py")
                                .toAbsolutePath()
                                .toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}
