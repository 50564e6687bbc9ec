package dev.poolwright.model.derive;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Target;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolDefaults;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.model.library.SettingNames;
import dev.poolwright.model.library.SettingNames.Setting;
import dev.poolwright.model.library.SettingUnit;
import dev.poolwright.policy.Wait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A declared pool as the fleet knows pools: the library's spelling and units are gone, what is not written is the library's
 * default, and every value keeps how much is known of it.
 */
public final class DerivedPool {

    private static final Set<String> NOT_POOLING =
            Set.of("NullPool", "StaticPool", "AssertionPool", "SingletonThreadPool");

    private DerivedPool() {}

    /**
     * @param name in its service
     * @param target what it connects to
     */
    public static Pool of(DeclaredPool declared, String name, Target target) {
        return new Reader(declared).pool(name, target);
    }

    /** The classes that it can have; empty when that is not known. {@code ""} stands for a class that is left out. */
    public static List<String> kinds(DeclaredPool declared) {
        return declared.kind().possible().stream().distinct().toList();
    }

    /** The class that pools, where one of several does: the others are for tests, SQLite and tools. */
    private static String usual(List<String> kinds) {
        return kinds.stream()
                .filter(one -> !one.isEmpty() && !NOT_POOLING.contains(one))
                .findFirst()
                .orElseGet(() -> kinds.stream().findFirst().orElse(""));
    }

    private static final class Reader {
        private final DeclaredPool declared;
        private final Stack stack;
        private final String kind;
        private final PoolDefaults library;
        private final Map<String, Value<Object>> own = new LinkedHashMap<>();
        private final Map<String, Setting> names = new LinkedHashMap<>();

        private Reader(DeclaredPool declared) {
            this.declared = declared;
            this.kind = usual(kinds(declared));
            this.stack = declared.stack();
            this.library = PoolLibraries.defaults(declaredStack(), kind);
            declared.settings().forEach((key, value) -> {
                Optional<Setting> setting = SettingNames.of(stack.library(), key);
                setting.ifPresent(one -> names.putIfAbsent(one.setting(), one));
                own.putIfAbsent(setting.map(Setting::setting).orElse(key), value);
            });
            alone();
        }

        /** Django without {@code OPTIONS["pool"]} has no pool, as before 5.1: one connection for each thread. */
        private Stack declaredStack() {
            Value<Object> pool = declared.settings().get("OPTIONS.pool");
            boolean pools = pool != null && !pool.possible().stream().allMatch(Boolean.FALSE::equals);
            return stack.library().equals("django") && !pools
                    ? new Stack(stack.runtime(), stack.library(), "5.0", stack.driver(), stack.origin())
                    : stack;
        }

        /** psycopg_pool without a maximum is a fixed pool of its minimum; node-postgres reads 0 as not written. */
        private void alone() {
            boolean psycopg =
                    stack.library().equals("psycopg_pool") || stack.library().equals("django");
            Value<Object> minimum = own.get("minimum_idle");
            Value<Object> size = own.get("size");
            if (psycopg && minimum != null && (size == null || isNone(size))) {
                own.put("size", minimum);
                names.put("size", new Setting("min_size", "size", SettingUnit.COUNT));
            }
        }

        private static boolean isNone(Value<Object> value) {
            return value.single().map(String::valueOf).filter("None"::equals).isPresent();
        }

        private Pool pool(String name, Target target) {
            return new Pool(
                    name,
                    stack,
                    target,
                    "",
                    kind,
                    "",
                    new Pool.Sizing(
                            value("size", library.size(), this::size),
                            value("overflow", library.overflow(), Limits::overflow),
                            value("minimum_idle", minimumIdle(), number -> (int) Math.min(Math.max(0, number), MOST))),
                    new Pool.Waiting(
                            value("acquire_timeout", library.acquireTimeout(), this::acquire),
                            value("connect_timeout", library.connectTimeout(), Limits::time),
                            value("waiters", library.waiters(), Limits::waiters),
                            flag("discipline") ? Pool.Discipline.LIFO : Pool.Discipline.FIFO),
                    new Pool.Lifetimes(
                            value("max_lifetime", library.maxLifetime(), Limits::time),
                            value("idle_timeout", library.idleTimeout(), Limits::time),
                            flag("validate") ? Pool.Validation.ON_BORROW : Pool.Validation.NEVER),
                    Pool.Use.PLAIN,
                    written(),
                    declared.origin());
        }

        private static final long MOST = 1_000_000_000;

        /** HikariCP keeps as many idle as it may have, where nothing is said. */
        private int minimumIdle() {
            Value<Object> size = own.get("size");
            return stack.library().equals("hikaricp") && size != null
                    ? (int) Math.min(
                            MOST,
                            size.single()
                                    .map(one -> SettingUnit.COUNT.read(one).orElse(library.minimumIdle()))
                                    .orElse((long) library.minimumIdle()))
                    : library.minimumIdle();
        }

        private Limit size(long number) {
            boolean standard = number == 0
                    && PoolLibraries.meaning(stack, "size", 0)
                            .filter(text -> text.startsWith("the default"))
                            .isPresent();
            return standard ? library.size() : number < 0 ? Limit.unlimited() : Limit.atMost(Math.min(number, MOST));
        }

        private Wait acquire(long millis) {
            return millis == 0 && Limits.AT_ONCE.contains(stack.library()) ? Wait.notAtAll() : Limits.time(millis);
        }

        private boolean flag(String setting) {
            Value<Object> value = own.get(setting);
            return value != null
                    && !value.possible().isEmpty()
                    && value.possible().stream()
                            .allMatch(one -> SettingUnit.FLAG.read(one).orElse(0) == 1);
        }

        private <T> Value<T> value(String setting, T standard, LongFunction<T> read) {
            Value<Object> value = own.get(setting);
            Value<T> missing = new Value.Default<>(standard, library.library(), library.versions());
            if (value == null || isNone(value)) {
                return missing;
            }
            SettingUnit unit = unit(setting);
            return Values.map(value, one -> {
                OptionalLong number = unit.read(one);
                return number.isPresent() ? Optional.of(read.apply(number.getAsLong())) : Optional.empty();
            });
        }

        private SettingUnit unit(String setting) {
            Setting known = names.get(setting);
            return known == null ? SettingUnit.COUNT : known.unit();
        }

        private static Value<Object> normal(@Nullable Setting known, Value<Object> value) {
            if (known == null || known.unit() == SettingUnit.FLAG) {
                return value;
            }
            SettingUnit unit = known.unit();
            return Values.map(value, one -> {
                OptionalLong read = unit.read(one);
                return Optional.of(read.isPresent() ? (Object) read.getAsLong() : one);
            });
        }

        /** By the fleet file's name where it has one: counts as numbers, times in milliseconds, the rest as written. */
        private Map<String, Value<Object>> written() {
            Map<String, Value<Object>> written = new LinkedHashMap<>();
            if (!kinds(declared).equals(List.of(""))) {
                written.put("kind", Values.map(declared.kind(), Optional::of));
            }
            own.forEach((setting, value) -> {
                if (!isNone(value)) {
                    written.put(setting, normal(names.get(setting), value));
                }
            });
            return written;
        }
    }
}
