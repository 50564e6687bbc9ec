package dev.poolwright.policy;

/** The one adapter of the machine's monotonic clock; everything else is handed a {@link Clock}. */
enum SystemClock implements Clock {
    INSTANCE;

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
