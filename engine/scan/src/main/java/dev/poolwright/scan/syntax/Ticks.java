package dev.poolwright.scan.syntax;

/** The machine's own measure of time, for the bound on one file and nothing else. */
final class Ticks {

    private Ticks() {}

    static long nanos() {
        return System.nanoTime();
    }
}
