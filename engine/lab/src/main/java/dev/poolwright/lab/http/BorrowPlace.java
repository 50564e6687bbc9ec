package dev.poolwright.lab.http;

import java.util.Optional;

/**
 * Where in the code a connection was borrowed: file, line and method of the first frame that is not the pool's or the JDK's.
 * One walk over a few frames for each borrow; no stack is copied.
 */
record BorrowPlace(String file, int line, String method) {

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final int MOST_FRAMES = 64;
    private static final BorrowPlace UNKNOWN = new BorrowPlace("unknown", 0, "unknown");

    /** The place that called into the watched pool. */
    static BorrowPlace here() {
        Optional<BorrowPlace> place = WALKER.walk(frames -> frames.limit(MOST_FRAMES)
                .filter(frame -> !isBetween(frame.getClassName()))
                .findFirst()
                .map(frame -> new BorrowPlace(
                        String.valueOf(frame.getFileName()), frame.getLineNumber(), frame.getMethodName())));
        return place.orElse(UNKNOWN);
    }

    private static boolean isBetween(String type) {
        return type.equals(WatchedPool.class.getName())
                || type.equals(BorrowPlace.class.getName())
                || type.startsWith("java.")
                || type.startsWith("jdk.");
    }

    /** As {@code File.java:12 (method)}. */
    @Override
    public String toString() {
        return file + ":" + line + " (" + method + ")";
    }
}
