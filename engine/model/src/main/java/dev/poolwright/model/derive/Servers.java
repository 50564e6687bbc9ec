package dev.poolwright.model.derive;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredPooler;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Target;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The servers and poolers of a derived fleet: what manifests declare, and one more for each host or environment variable that
 * pools lead to and that no manifest declares. Mutable while a fleet is derived; single-threaded.
 */
final class Servers {

    /** One TCP connect with SCRAM on loopback, measured on PostgreSQL 15 ("Theory and facts", 2.1). */
    private static final Duration USUAL_CONNECT = Duration.ofNanos(6_300_000);

    private static final Target NOWHERE = new Target("", "", "");

    private final List<DatabaseUrl> urls;
    private final List<DeclaredServer> declared;
    private final Tiers tiers;
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Map<String, Pooler> poolers = new LinkedHashMap<>();

    Servers(Facts facts, Tiers tiers) {
        this.urls = facts.main(DatabaseUrl.class).toList();
        this.declared = NamedServers.of(facts);
        this.tiers = tiers;
        List<DeclaredPooler> found = facts.main(DeclaredPooler.class).toList();
        for (DeclaredPooler one : found) {
            poolers.putIfAbsent(one.name(), pooler(one, found.size() == 1));
        }
    }

    Map<String, Server> servers() {
        return servers;
    }

    Map<String, Pooler> poolers() {
        return poolers;
    }

    /** What a pool of a program connects to; nowhere where its connections are not those of a database server. */
    Target of(DeclaredPool pool, String program) {
        Hosts hosts = Hosts.of(pool, urls);
        if (hosts.embedded() || pool.scope() == DeclaredPool.Scope.CALL) {
            return NOWHERE;
        }
        Optional<Pooler> through = poolers.values().stream()
                .filter(one -> !hosts.host().isEmpty() && same(hosts.host(), one.name()))
                .findFirst();
        if (through.isPresent()) {
            return new Target(through.get().name(), hosts.database(), "");
        }
        return new Target(server(hosts, program), hosts.database(), "");
    }

    private String server(Hosts hosts, String program) {
        Optional<DeclaredServer> stated = stated(hosts);
        if (stated.isPresent()) {
            DeclaredServer one = stated.get();
            servers.putIfAbsent(one.name(), server(one));
            return one.name();
        }
        String engine = hosts.engine().isEmpty() ? "postgresql" : hosts.engine();
        String name = hosts.known() ? hosts.key() : DerivedFleet.UNSEEN + program;
        servers.putIfAbsent(name, server(name, engine, !hosts.engine().isEmpty(), Value.unknown("", ""), Origin.NONE));
        return name;
    }

    /** The declared server of that host; the only one there is where the URL leaves the host open. */
    private Optional<DeclaredServer> stated(Hosts hosts) {
        Optional<DeclaredServer> named = declared.stream()
                .filter(one -> !hosts.host().isEmpty() && same(hosts.host(), one.name()))
                .findFirst();
        if (named.isPresent()) {
            return named;
        }
        boolean open = hosts.host().isEmpty() || local(hosts.host());
        return open ? NamedServers.only(declared, hosts.engine()) : Optional.empty();
    }

    private static boolean local(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1");
    }

    /** {@code db} and {@code db.shop.svc.cluster.local} are one host. */
    private static boolean same(String host, String name) {
        String plain = host.toLowerCase(Locale.ROOT);
        String other = name.toLowerCase(Locale.ROOT);
        return plain.equals(other) || plain.startsWith(other + ".");
    }

    private Server server(DeclaredServer one) {
        Server.Limits limits = limits(one);
        return new Server(
                one.name(),
                one.engine(),
                one.version(),
                limits,
                Value.unknown("cores are not stated", "cores: of the server"),
                USUAL_CONNECT,
                List.of(),
                "",
                one.origin());
    }

    private Server server(String name, String engine, boolean engineKnown, Value<Integer> most, Origin origin) {
        return new Server(
                name,
                engine,
                "",
                limits(engine, engineKnown, most, false),
                Value.unknown("cores are not stated", "cores: of the server"),
                USUAL_CONNECT,
                List.of(),
                "",
                origin);
    }

    /** The written limit, else that of the tier. */
    private Server.Limits limits(DeclaredServer one) {
        Optional<Tiers.Allowed> allowed = one.tier().isEmpty() ? Optional.empty() : tiers.of(one.engine(), one.tier());
        boolean written = !one.maxConnections().possible().isEmpty();
        Value<Integer> most = written
                ? one.maxConnections()
                : allowed.map(Tiers.Allowed::maxConnections).orElse(one.maxConnections());
        Server.Limits plain = limits(one.engine(), true, most, !one.tier().isEmpty());
        return new Server.Limits(
                plain.maxConnections(),
                allowed.map(Tiers.Allowed::reserved).orElse(plain.reserved()),
                plain.planWith(),
                plain.others(),
                plain.roles(),
                plain.databases());
    }

    /** Where nobody writes a limit it is the engine's own; a managed tier has its own, which is then not known here. */
    private static Server.Limits limits(String engine, boolean engineKnown, Value<Integer> most, boolean managed) {
        boolean mysql = engine.equals("mysql");
        String versions = mysql ? "8" : "10 to 18";
        Value<Integer> limit = !most.possible().isEmpty() || managed || !engineKnown
                ? most
                : new Value.Default<>(mysql ? 151 : 100, engine, versions);
        if (limit.possible().isEmpty()) {
            limit = Value.unknown(
                    managed ? "is the default of its managed tier" : "no file says which server it is",
                    "max_connections: of the server");
        }
        return new Server.Limits(
                limit,
                new Value.Default<>(mysql ? 0 : 3, engine, versions),
                new Value.Default<>(1.0, "the format", "1"),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private Pooler pooler(DeclaredPooler one, boolean only) {
        Map<String, Value<Object>> settings = one.settings();
        String mode = text(settings, "pool_mode").orElse("session");
        String at = text(settings, "host").orElse("");
        Optional<DeclaredServer> behind = declared.stream()
                .filter(server -> (!at.isEmpty() && same(at, server.name())) || (only && declared.size() == 1))
                .findFirst();
        behind.ifPresent(server -> servers.putIfAbsent(server.name(), server(server)));
        return new Pooler(
                one.name(),
                behind.map(server -> new Target(server.name(), "", "")).orElse(NOWHERE),
                "",
                switch (mode.toLowerCase(Locale.ROOT)) {
                    case "transaction" -> Pooler.Mode.TRANSACTION;
                    case "statement" -> Pooler.Mode.STATEMENT;
                    default -> Pooler.Mode.SESSION;
                },
                count(settings, "default_pool_size", 20),
                count(settings, "reserve_pool_size", 0),
                Values.map(count(settings, "max_client_conn", 100), number -> Optional.of(Limit.atMost(number))),
                new Value.Default<>(Wait.atMost(Duration.ofMinutes(2)), "PgBouncer", "1.25"),
                prepared(one),
                one.origin());
    }

    /** PgBouncer tracks 200 since 1.24 where nothing is said, and none before 1.21 whatever is said. */
    private static int prepared(DeclaredPooler one) {
        Value<Object> written = one.settings().get("max_prepared_statements");
        if (written != null) {
            return written.single()
                    .map(Servers::number)
                    .filter(number -> number >= 0)
                    .orElse(200);
        }
        boolean old = one.version().matches("1\\.(\\d|1\\d|2[0-3])(\\..*)?");
        return old ? 0 : 200;
    }

    private static Value<Integer> count(Map<String, Value<Object>> settings, String key, int standard) {
        Value<Object> value = settings.get(key);
        return value == null
                ? new Value.Default<>(standard, "PgBouncer", "1.25")
                : Values.map(value, one -> Optional.of(number(one)).filter(number -> number >= 0));
    }

    private static int number(Object value) {
        String text = String.valueOf(value).strip();
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private static Optional<String> text(Map<String, Value<Object>> settings, String key) {
        Value<Object> value = settings.get(key);
        return value == null ? Optional.empty() : value.single().map(String::valueOf);
    }
}
