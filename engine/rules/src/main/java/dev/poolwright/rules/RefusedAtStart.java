package dev.poolwright.rules;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Pools whose settings, as the source writes them, a framework or library refuses at start. */
final class RefusedAtStart {

    /** HikariCP's times: its setters take a long, so Spring cannot bind a text with a unit to them. */
    private static final Set<String> HIKARI_TIMES = Set.of(
            "connectionTimeout",
            "idleTimeout",
            "maxLifetime",
            "validationTimeout",
            "leakDetectionThreshold",
            "keepaliveTime",
            "initializationFailTimeout");

    private static final Pattern WITH_UNIT = Pattern.compile("\\d{1,12}\\s*(ns|us|ms|s|m|h|d)|PT[0-9.HMS]+");

    private RefusedAtStart() {}

    static List<Finding> findings(String code, Checked checked) {
        List<Finding> found = new ArrayList<>();
        checked.facts().main(DeclaredPool.class).forEach(pool -> {
            spring(code, pool, found);
            django(code, pool).ifPresent(found::add);
            agroal(code, pool).ifPresent(found::add);
            r2dbc(code, pool).ifPresent(found::add);
        });
        return found;
    }

    private static void spring(String code, DeclaredPool pool, List<Finding> found) {
        if (!pool.stack().library().equals("hikaricp") || !pool.name().contains("#spring.datasource")) {
            return;
        }
        pool.settings().forEach((key, value) -> {
            Optional<String> text =
                    value.single().filter(String.class::isInstance).map(String::valueOf);
            if (HIKARI_TIMES.contains(key)
                    && text.filter(one -> WITH_UNIT.matcher(one.strip()).matches())
                            .isPresent()) {
                found.add(finding(
                        code,
                        pool,
                        key + " = " + text.get() + " is no number of milliseconds",
                        List.of(
                                Terms.of(key, text.get(), value.origin()),
                                Terms.of("the library says", "Failed to bind properties under '" + key + "' to long")),
                        "milliseconds without a unit",
                        value.origin()));
            }
        });
    }

    /** Django's documentation of the pool option, and its text when both are set. */
    private static Optional<Finding> django(String code, DeclaredPool pool) {
        Value<Object> own = pool.settings().get("OPTIONS.pool");
        Value<Object> age = pool.settings().get("CONN_MAX_AGE");
        boolean both = pool.stack().library().equals("django")
                && own != null
                && own.single().filter(Boolean.TRUE::equals).isPresent()
                && age != null
                && age.complete()
                && age.possible().stream().noneMatch(RefusedAtStart::zero);
        if (!both || age == null || own == null) {
            return Optional.empty();
        }
        return Optional.of(finding(
                code,
                pool,
                "CONN_MAX_AGE and Django's pool exclude each other",
                List.of(
                        Terms.of("CONN_MAX_AGE", age, age.origin()),
                        Terms.of("OPTIONS.pool", "on", own.origin()),
                        Terms.of(
                                "the library says",
                                "ImproperlyConfigured: Pooling doesn't support persistent connections.")),
                "CONN_MAX_AGE = 0, or no pool",
                age.origin()));
    }

    private static boolean zero(Object age) {
        return String.valueOf(age).matches("0+(\\.0+)?");
    }

    /** Only where the source configures the pool setting by setting: then it would be among them. */
    private static Optional<Finding> agroal(String code, DeclaredPool pool) {
        boolean configured = pool.stack().library().equals("agroal")
                && pool.origin().file().endsWith(".java")
                && !pool.settings().isEmpty();
        if (!configured || pool.settings().containsKey("maxSize")) {
            return Optional.empty();
        }
        return Optional.of(finding(
                code,
                pool,
                "it has no maxSize",
                List.of(Terms.of("the library says", "max size attribute is mandatory")),
                "a maxSize",
                pool.origin()));
    }

    /** {@code R2dbcAutoConfiguration}: a URL that names the pool, and any key below {@code spring.r2dbc.pool}. */
    private static Optional<Finding> r2dbc(String code, DeclaredPool pool) {
        List<String> urls = pool.url().possible();
        boolean both = pool.name().endsWith("#spring.r2dbc.pool")
                && !urls.isEmpty()
                && urls.stream().allMatch(url -> url.startsWith("r2dbc:pool:"));
        if (!both) {
            return Optional.empty();
        }
        return Optional.of(finding(
                code,
                pool,
                "its URL names a pool, and spring.r2dbc.pool makes another",
                List.of(
                        Terms.of("spring.r2dbc.url", "r2dbc:pool:…", pool.url().origin()),
                        Terms.of("spring.r2dbc.pool", "is set", pool.origin()),
                        Terms.of("the library says", "MultipleConnectionPoolConfigurationsException")),
                "a URL without :pool:, or no spring.r2dbc.pool",
                pool.url().origin()));
    }

    private static Finding finding(
            String code, DeclaredPool pool, String why, List<Term> terms, String fix, Origin origin) {
        Origin at = origin.equals(Origin.NONE) ? pool.origin() : origin;
        return new Finding(
                code, Severity.ERROR, "pool " + pool.name() + " does not start: " + why, pool.name(), terms, fix, at);
    }
}
