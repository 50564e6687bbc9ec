package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(-5 * SECOND);
    private final StringBuilder out = new StringBuilder();

    @Test
    void terminalLineIsWrittenOverAndTakenAway() {
        ProgressLine line = new ProgressLine(out, true, 80, now::get);
        line.stage("lab, repeat 1 of 5");
        now.addAndGet(10 * SECOND);
        line.at(0.25);
        line.end();

        assertThat(out.toString())
                .isEqualTo("\rlab, repeat 1 of 5, 0 s"
                        + "\rlab, repeat 1 of 5, 10 s, about 30 s left"
                        + "\r" + " ".repeat(41) + "\r");
    }

    @Test
    void logGetsOneLineForEachStageAndNoControlCharacter() {
        ProgressLine line = new ProgressLine(out, false, 80, now::get);
        line.stage("sim");
        now.addAndGet(10 * SECOND);
        line.at(0.5);
        line.stage("lab");
        line.end();

        assertThat(out.toString()).isEqualTo("sim\nlab\n");
    }

    @Test
    void frequentCallsWriteAtMostFourTimesASecond() {
        ProgressLine line = new ProgressLine(out, true, 80, now::get);
        line.stage("sim");
        for (int call = 0; call < 1000; call++) {
            now.addAndGet(SECOND / 1000);
            line.at(call / 1000.0);
        }
        assertThat(out.chars().filter(c -> c == '\r').count()).isLessThanOrEqualTo(5);
    }
}
