package dev.poolwright.files.fleet;

import static dev.poolwright.files.tree.Forms.MOST;

import dev.poolwright.files.catalogue.Catalogue;
import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a server. */
final class ServerReader {

    /** One TCP connect with SCRAM on loopback, measured on PostgreSQL 15 ("Theory and facts", 2.1). */
    private static final Duration USUAL_CONNECT = Duration.ofNanos(6_300_000);

    private static final Form<String> ENGINE = Form.name("engine", List.of("postgresql", "mysql"));

    private ServerReader() {}

    static Server read(String name, Section section, Names names) {
        Optional<Catalogue.Tier> tier = tier(section);
        String engine = tier.map(Catalogue.Tier::engine).orElse("postgresql");
        engine = tier.isPresent() ? section.get("engine", ENGINE, engine) : section.need("engine", ENGINE, engine);
        Server server = new Server(
                name,
                engine,
                section.get("version", Forms.TEXT, ""),
                limits(section, tier, engine),
                section.value("cores", Forms.CORES, Value.unknown("cores are not stated", "cores: of the server")),
                section.get("connect_time", Forms.DURATION, USUAL_CONNECT),
                section.words("databases", Forms.NAME_OF_ITS_OWN),
                section.get("read_replica_of", Form.name("server", names.servers()), ""),
                section.origin());
        if (server.readReplicaOf().equals(name)) {
            section.wrong("read_replica_of", "a read replica of itself", name, "another server", "");
        }
        section.done();
        return server;
    }

    private static Optional<Catalogue.Tier> tier(Section section) {

        return section.find("tier", Catalogue.form());
    }

    private static Server.Limits limits(Section section, Optional<Catalogue.Tier> tier, String engine) {
        boolean postgresql = engine.equals("postgresql");
        Value<Integer> most = section.value(
                "max_connections",
                Forms.count(1, MOST),
                tier.map(Catalogue.Tier::maxConnections)
                        .orElse(new Value.Default<>(postgresql ? 100 : 151, engine, postgresql ? "10 to 18" : "8")));
        Value<Integer> reserved = section.value(
                "reserved",
                Forms.count(0, MOST),
                tier.map(Catalogue.Tier::reserved)
                        .orElse(new Value.Default<>(postgresql ? 3 : 0, engine, postgresql ? "10 to 18" : "8")));
        Section others = section.child("others");
        Map<String, Value<Integer>> spoken = others.namedValues(Forms.count(0, MOST));
        return new Server.Limits(
                most,
                reserved,
                section.value("plan_with", Forms.SOME_SHARE, new Value.Default<>(1.0, "the format", "1")),
                spoken,
                counts(section.child("roles")),
                counts(section.child("database_limits")));
    }

    private static Map<String, Integer> counts(Section section) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : section.namedNodes().keySet()) {
            section.find(name, Forms.count(1, MOST)).ifPresent(count -> counts.put(name, count));
        }
        return counts;
    }
}
