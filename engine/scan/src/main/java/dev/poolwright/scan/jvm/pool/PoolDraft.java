package dev.poolwright.scan.jvm.pool;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.settings.Values;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A pool while its settings are collected. Not safe for several threads. */
public final class PoolDraft {

    /** Keys that are no settings of the pool, or that are secret. */
    private static final Set<String> NOT_KEPT = Set.of(
            "url",
            "jdbcurl",
            "username",
            "user",
            "password",
            "driverclassname",
            "driverclass",
            "driver",
            "name",
            "type",
            "overridedefaultuser",
            "overridedefaultpassword",
            "credentials",
            "publickey");

    private final String name;
    private final String library;
    private final Origin origin;
    private final Place place;
    private final Map<String, Value<Object>> settings = new TreeMap<>();
    private Value<String> url;
    private String runtime = "threads";
    private String version = "";
    private Scope scope = Scope.PROCESS;

    public PoolDraft(String name, String library, Place place, Origin origin) {
        this.name = name;
        this.library = library;
        this.place = place;
        this.origin = origin;
        this.url = new Value.Unknown<>("no URL is written with the pool", "the database URL of the pool", origin);
    }

    public String name() {
        return name;
    }

    /** A setting in the library's spelling; one that is secret or no setting of the pool is left out. */
    public PoolDraft set(String key, Value<Object> value) {
        String plain = key.toLowerCase(Locale.ROOT);
        if (!NOT_KEPT.contains(plain) && !plain.contains("password") && !plain.contains("secret")) {
            settings.put(key, value);
        }
        return this;
    }

    public Optional<Value<Object>> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /** Whether nothing is set. */
    public boolean isBare() {
        return settings.isEmpty();
    }

    public PoolDraft url(Value<String> written) {
        url = Values.map(written, JdbcUrl::masked);
        return this;
    }

    public PoolDraft runtime(String of) {
        runtime = of;
        return this;
    }

    public PoolDraft version(String of) {
        version = of;
        return this;
    }

    public PoolDraft scope(Scope of) {
        scope = of;
        return this;
    }

    public DeclaredPool fact() {
        String driver = url.possible().stream()
                .flatMap(text -> JdbcUrl.of(text).stream())
                .map(JdbcUrl::driver)
                .distinct()
                .reduce((one, other) -> "")
                .orElse("");
        return new DeclaredPool(
                name,
                new Stack(runtime, library, version, driver, origin),
                Value.known("", origin),
                settings,
                url,
                scope,
                place,
                origin);
    }
}
