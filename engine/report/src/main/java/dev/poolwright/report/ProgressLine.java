package dev.poolwright.report;

import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Says how far long work is. On a terminal one line that is written over again: stage, time gone, time left. Elsewhere one
 * line for each stage and no control character. Not thread-safe: the caller tells it from one thread, as often as it likes;
 * it writes at most four times a second.
 */
public final class ProgressLine {

    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final Appendable out;
    private final boolean terminal;
    private final int width;
    private final Clock clock;
    private String stage = "";
    private long beganNanos;
    private long wroteNanos;
    private int shown;

    /** @param terminal whether {@code out} can write over a line */
    public ProgressLine(Appendable out, boolean terminal, int width, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.width = width;
        this.clock = clock;
    }

    /** A new stage begins; the one before it is over. */
    public void stage(String name) {
        stage = name;
        beganNanos = clock.nanos();
        if (terminal) {
            show(line(0));
        } else {
            write(name + "\n");
        }
    }

    /**
     * The stage is so far.
     *
     * @param done share from 0 to 1; 0 when unknown, and then no time left is said
     */
    public void at(double done) {
        if (terminal && clock.nanos() - wroteNanos >= PAUSE_NANOS) {
            show(line(done));
        }
    }

    /** The work is over: takes the line away, so that what follows begins on a clean one. */
    public void end() {
        if (terminal) {
            show("");
            write("\r");
        }
    }

    private String line(double done) {
        double gone = (double) (clock.nanos() - beganNanos);
        String left = done > 0 && done <= 1 ? ", about " + whole(gone * (1 - done) / done) + " left" : "";
        String line = stage + ", " + whole(gone) + left;
        return line.length() < width ? line : line.substring(0, Math.max(0, width - 1));
    }

    private static String whole(double nanos) {
        long seconds = Math.round(nanos / 1e9);
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    private void show(String line) {
        write("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        shown = line.length();
        wroteNanos = clock.nanos();
    }

    private void write(String text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the progress: " + e.getMessage(), e);
        }
    }
}
