package dev.poolwright.model.library;

import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.policy.Wait;
import java.time.Duration;

/** The pool libraries that are known, and what each does where a fleet says nothing ("Theory and facts", 3). */
public final class PoolLibraries {

    private PoolLibraries() {}

    /** The class a pool gets: as written, or what the library picks when it is left out; empty when not known. */
    public static String effectiveKind(Stack stack, String kind) {
        if (!kind.isEmpty()) {
            return kind;
        }
        return switch (stack.library()) {
            case "sqlalchemy" -> SqlAlchemy.isAsync(stack) ? "AsyncAdaptedQueuePool" : "QueuePool";
            case "hikaricp" -> "HikariPool";
            default -> "";
        };
    }

    /** Whether that class works with that engine. */
    public static Compatibility compatibility(Stack stack, String kind) {
        return stack.library().equals("sqlalchemy")
                ? SqlAlchemy.compatibility(stack, effectiveKind(stack, kind))
                : Compatibility.WORKS;
    }

    /** What the library does where a fleet says nothing. */
    public static PoolDefaults defaults(Stack stack, String kind) {
        return switch (stack.library()) {
            case "sqlalchemy" -> SqlAlchemy.defaults(effectiveKind(stack, kind));
            case "hikaricp" ->
                new PoolDefaults(
                        "hikaricp",
                        "7.1.0",
                        Limit.atMost(10),
                        Limit.atMost(0),
                        10,
                        Wait.atMost(Duration.ofSeconds(30)),
                        Wait.atMost(Duration.ofSeconds(10)),
                        Limit.unlimited(),
                        Wait.atMost(Duration.ofMinutes(30)),
                        Wait.forever(),
                        "HikariCP 7.1.0 source");
            default ->
                new PoolDefaults(
                        "the format",
                        "1",
                        Limit.atMost(10),
                        Limit.atMost(0),
                        0,
                        Wait.atMost(Duration.ofSeconds(30)),
                        Wait.atMost(Duration.ofSeconds(10)),
                        Limit.unlimited(),
                        Wait.forever(),
                        Wait.forever(),
                        "docs/fleet-file.md");
        };
    }
}
