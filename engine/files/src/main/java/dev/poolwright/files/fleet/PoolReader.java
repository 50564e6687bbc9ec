package dev.poolwright.files.fleet;

import static dev.poolwright.files.tree.Forms.MOST;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolDefaults;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.policy.Wait;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads a pool. What is not written is what its library does then. */
final class PoolReader {

    private static final Form<String> SESSION_STATE =
            Form.name("session state", List.of("listen", "set", "prepared", "advisory_lock", "temp_table"));

    private static final Map<String, Pool.Validation> VALIDATIONS = Map.of(
            "never", Pool.Validation.NEVER,
            "on_borrow", Pool.Validation.ON_BORROW,
            "when_idle", Pool.Validation.WHEN_IDLE);

    /** Those with removeAbandoned. */
    private static final List<String> RECLAIMING = List.of("dbcp2", "tomcat-jdbc");

    private final Names names;
    private final Service.Stack stack;
    private final Collection<String> siblings;
    private final Collection<String> processes;

    private final Scanned scanned;

    PoolReader(
            Names names,
            Service.Stack stack,
            Collection<String> siblings,
            Collection<String> processes,
            Scanned scanned) {
        this.scanned = scanned;
        this.names = names;
        this.stack = stack;
        this.siblings = siblings;
        this.processes = processes;
    }

    Pool read(String name, Section section) {
        String from = section.get("from", Forms.TEXT, "");
        Optional<Pool> source = scanned.pool(section, from, name);
        String kind = section.get(
                "kind", Forms.NAME_OF_ITS_OWN, source.map(Pool::kind).orElse(""));
        Unwritten unwritten = new Unwritten(PoolLibraries.defaults(stack, kind), from, source);
        Pool pool = new Pool(
                name,
                stack.library().isEmpty()
                        ? source.map(Pool::stack).orElse(Service.Stack.UNSTATED)
                        : Service.Stack.UNSTATED,
                section.need("to", Targets.among(names.targets()), Targets.NOWHERE),
                section.get("path", Form.name("path", names.paths()), ""),
                kind,
                section.get("process", Form.name("process", processes), ""),
                sizing(section, unwritten),
                waiting(section, unwritten),
                lifetimes(section, unwritten),
                use(name, section),
                written(section, source),
                section.origin());
        section.done();
        return pool;
    }

    private static Pool.Sizing sizing(Section section, Unwritten unwritten) {
        PoolDefaults library = unwritten.library;
        return new Pool.Sizing(
                section.value(
                        "size",
                        Forms.limit(1),
                        unwritten.value(library.size(), pool -> pool.sizing().size())),
                section.value(
                        "overflow",
                        Forms.limit(0),
                        unwritten.value(
                                library.overflow(), pool -> pool.sizing().overflow())),
                section.value(
                        "minimum_idle",
                        Forms.count(0, MOST),
                        unwritten.value(
                                library.minimumIdle(), pool -> pool.sizing().minimumIdle())));
    }

    private static Pool.Waiting waiting(Section section, Unwritten unwritten) {
        PoolDefaults library = unwritten.library;
        return new Pool.Waiting(
                section.value(
                        "acquire_timeout",
                        Forms.WAIT,
                        unwritten.value(
                                library.acquireTimeout(), pool -> pool.waiting().acquireTimeout())),
                section.value(
                        "connect_timeout",
                        Forms.TIME_LIMIT,
                        unwritten.value(
                                library.connectTimeout(), pool -> pool.waiting().connectTimeout())),
                section.value(
                        "waiters",
                        Forms.WAITERS,
                        unwritten.value(
                                library.waiters(), pool -> pool.waiting().waiters())),
                section.get(
                        "discipline",
                        Form.word("discipline", Map.of("fifo", Pool.Discipline.FIFO, "lifo", Pool.Discipline.LIFO)),
                        unwritten
                                .source
                                .map(pool -> pool.waiting().discipline())
                                .orElse(Pool.Discipline.FIFO)));
    }

    private Pool.Lifetimes lifetimes(Section section, Unwritten unwritten) {
        PoolDefaults library = unwritten.library;
        return new Pool.Lifetimes(
                section.value(
                        "max_lifetime",
                        Forms.TIME_LIMIT,
                        unwritten.value(
                                library.maxLifetime(), pool -> pool.lifetimes().maxLifetime())),
                section.value(
                        "idle_timeout",
                        Forms.TIME_LIMIT,
                        unwritten.value(
                                library.idleTimeout(), pool -> pool.lifetimes().idleTimeout())),
                section.get(
                        "validate",
                        Form.word("moment", VALIDATIONS),
                        unwritten
                                .source
                                .map(pool -> pool.lifetimes().validation())
                                .orElse(Pool.Validation.NEVER)),
                reclaimAfter(section));
    }

    /** Refused where the library never takes a lent connection back, or it would be a cure that nobody has. */
    private Wait reclaimAfter(Section section) {
        Wait after = section.get("reclaim_after", Forms.TIME_LIMIT, Wait.forever());
        if (section.has("reclaim_after") && !RECLAIMING.contains(stack.library())) {
            section.wrong(
                    "reclaim_after",
                    "this library never takes a lent connection back",
                    stack.library(),
                    "a library of: " + String.join(", ", RECLAIMING),
                    "use one of them, or close every connection where it is borrowed");
        }
        return after;
    }

    private Pool.Use use(String name, Section section) {
        List<String> others = siblings.stream().filter(one -> !one.equals(name)).toList();
        Map<String, String> words = new LinkedHashMap<>();
        others.forEach(other -> words.put("fall_back_to " + other, other));
        return new Pool.Use(
                section.words("session_state", SESSION_STATE),
                section.get("on_lost", Form.word("pool of this service to fall back to", words), ""));
    }

    /** What the source writes, and over it what this file writes. */
    private static Map<String, Value<Object>> written(Section section, Optional<Pool> source) {
        Map<String, Value<Object>> written =
                new LinkedHashMap<>(source.map(Pool::written).orElse(Map.of()));
        section.written().forEach((key, entry) -> {
            if (entry.value() instanceof Node.Text text) {
                written.put(key, Value.known(text.text(), text.origin()));
            }
        });
        return written;
    }

    /** What counts where nothing is written: the library's default, or what the source says that the pool is read from. */
    private static final class Unwritten {
        private final PoolDefaults library;
        private final String from;
        private final Optional<Pool> source;

        private Unwritten(PoolDefaults library, String from, Optional<Pool> source) {
            this.library = library;
            this.from = from;
            this.source = source;
        }

        private <T> Value<T> value(T standard, Function<Pool, Value<T>> there) {
            if (source.isPresent()) {
                return there.apply(source.get());
            }
            return from.isEmpty()
                    ? new Value.Default<>(standard, library.library(), library.versions())
                    : Value.unknown("is read from " + from, "a scan of the source tree, or stating it here");
        }
    }
}
