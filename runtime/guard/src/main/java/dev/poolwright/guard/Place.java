package dev.poolwright.guard;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where in the code a connection was borrowed: the nearest frames that are not the guard's, the pool's or a framework's. */
final class Place {

    /** Frames that are kept: enough to tell two ways into one data-access class apart. */
    private static final int FRAMES = 6;

    /** Frames that are looked at; a place deeper than that is not found. */
    private static final int DEPTH = 200;

    private static final StackWalker WALKER = StackWalker.getInstance();

    private static final List<String> NOT_THE_CALLER = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "com.zaxxer.hikari.",
            "org.springframework.",
            "org.hibernate.",
            "org.apache.",
            "org.jooq.",
            "org.jdbi.",
            "io.agroal.");

    private static final Set<String> GUARD = Set.of(
            Place.class.getName(),
            Guard.class.getName(),
            Borrowing.class.getName(),
            Watch.class.getName(),
            GuardedDataSource.class.getName());

    private final List<StackWalker.StackFrame> frames;

    private Place(List<StackWalker.StackFrame> frames) {
        this.frames = frames;
    }

    /** The place of the call under way; a microsecond or two, so it is sampled. */
    static Place here() {
        List<StackWalker.StackFrame> own = WALKER.walk(frames ->
                frames.limit(DEPTH).filter(Place::isCaller).limit(FRAMES).toList());
        if (!own.isEmpty()) {
            return new Place(own);
        }
        return new Place(WALKER.walk(frames -> frames.filter(frame -> !GUARD.contains(frame.getClassName()))
                .limit(FRAMES)
                .toList()));
    }

    private static boolean isCaller(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        return !GUARD.contains(name) && NOT_THE_CALLER.stream().noneMatch(name::startsWith);
    }

    /** {@code shop.Orders.pay(Orders.java:51) < shop.Checkout.run(Checkout.java:20)}: nearest first. */
    @Override
    public String toString() {
        return frames.stream()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")")
                .collect(Collectors.joining(" < "));
    }
}
