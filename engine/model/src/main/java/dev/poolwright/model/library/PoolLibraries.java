package dev.poolwright.model.library;

import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Service.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pool libraries that are known, and what each does where a fleet says nothing ("Theory and facts", 3 and 4). */
public final class PoolLibraries {

    /** The fleet file's settings in SQLAlchemy's spelling; those not named are taken by every class. */
    private static final Map<String, String> SQLALCHEMY_NAMES =
            Map.of("size", "pool_size", "overflow", "max_overflow", "acquire_timeout", "pool_timeout");

    private static final Map<String, String> HIKARI_NAMES = Map.of(
            "size", "maximumPoolSize",
            "minimum_idle", "minimumIdle",
            "acquire_timeout", "connectionTimeout",
            "max_lifetime", "maxLifetime",
            "idle_timeout", "idleTimeout");

    private PoolLibraries() {}

    /** The class a pool gets: as written, or what the library picks when it is left out; empty when not known. */
    public static String effectiveKind(Stack stack, String kind) {
        if (!kind.isEmpty()) {
            return kind;
        }
        return switch (stack.library()) {
            case "sqlalchemy" -> SqlAlchemy.defaultKind(stack, false);
            case "hikaricp" -> "HikariPool";
            default -> "";
        };
    }

    /** The class SQLAlchemy picks for an SQLite database in memory. */
    public static String kindInMemory(Stack stack) {
        return SqlAlchemy.defaultKind(stack, true);
    }

    /** Whether that class works with that engine. */
    public static Compatibility compatibility(Stack stack, String kind) {
        return stack.library().equals("sqlalchemy")
                ? SqlAlchemy.compatibility(stack, effectiveKind(stack, kind))
                : Compatibility.WORKS;
    }

    /** Whether the driver suits the kind of engine. */
    public static Compatibility driver(Stack stack) {
        return stack.library().equals("sqlalchemy") ? SqlAlchemy.driver(stack) : Compatibility.WORKS;
    }

    /** What the library does where a fleet says nothing. */
    public static PoolDefaults defaults(Stack stack, String kind) {
        return stack.library().equals("sqlalchemy")
                ? DefaultsTable.sqlAlchemy(effectiveKind(stack, kind))
                : DefaultsTable.of(stack.library(), stack.version());
    }

    /**
     * The most connections that one pool opens: size + overflow as this library and version read them. A class without a
     * pool has no bound; a class with one connection has 1.
     */
    public static Limit most(Stack stack, String kind, Limit size, Limit overflow) {
        PoolFamily family = PoolFamily.of(stack, kind);
        if (family == PoolFamily.NONE) {
            return Limit.unlimited();
        }
        if (family == PoolFamily.SINGLE) {
            return Limit.atMost(1);
        }
        boolean unbounded =
                size.count() == 0 && meaning(stack, "size", 0).orElse("").equals(Zero.NO_BOUND);
        return unbounded ? Limit.unlimited() : size.plus(overflow);
    }

    /**
     * Whether the library checks a connection when it is borrowed although nobody asked for it: HikariCP does so once it was
     * idle for 500 ms, Commons DBCP always ({@code testOnBorrow} is true).
     */
    public static boolean checksOnBorrow(Stack stack) {
        return stack.library().equals("hikaricp") || stack.library().equals("dbcp2");
    }

    /** What this number means for this setting of the fleet file, where it is not simply that many; empty otherwise. */
    public static Optional<String> meaning(Stack stack, String setting, long number) {
        return Zero.meaning(stack.library(), stack.version(), setting, number);
    }

    /**
     * The library's text when the class does not take these settings of the fleet file; empty when it takes them all.
     *
     * @param settings in the order they are written
     */
    public static Optional<String> refusedArguments(Stack stack, String kind, List<String> settings) {
        if (!stack.library().equals("sqlalchemy")) {
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>();
        for (String setting : settings) {
            String name = SQLALCHEMY_NAMES.get(setting);
            if (name != null) {
                arguments.add(name);
            }
        }
        return SqlAlchemy.refusedArguments(stack, effectiveKind(stack, kind), arguments);
    }

    /**
     * What the library makes of written values: replaced silently, or refused at start.
     *
     * @param written numbers by the fleet file's setting or the library's own name, times in milliseconds
     */
    public static List<Correction> corrections(Stack stack, Map<String, Long> written) {
        if (!stack.library().equals("hikaricp")) {
            return List.of();
        }
        Map<String, Long> named = new LinkedHashMap<>();
        written.forEach((key, value) -> named.put(HIKARI_NAMES.getOrDefault(key, key), value));
        return HikariCp.corrections(named);
    }
}
