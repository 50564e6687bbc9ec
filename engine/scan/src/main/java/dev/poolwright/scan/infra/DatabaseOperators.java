package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.DeclaredPooler;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Custom resources of operators that run PostgreSQL: Crunchy, CloudNativePG, Zalando. */
final class DatabaseOperators {

    private DatabaseOperators() {}

    static void read(ConfigNode object, Manifest manifest, Consumer<Fact> facts) {
        String version = object.text("apiVersion");
        if (version.startsWith("postgres-operator.crunchydata.com/")
                && object.text("kind").equals("PostgresCluster")) {
            crunchy(object, manifest, facts);
        } else if (version.startsWith("postgresql.cnpg.io/")) {
            cloudNative(object, manifest, facts);
        } else if (version.startsWith("acid.zalan.do/")) {
            zalando(object, manifest, facts);
        }
    }

    private static void crunchy(ConfigNode object, Manifest manifest, Consumer<Fact> facts) {
        String name = manifest.name(object, "metadata", "name");
        server(
                name,
                manifest.text(object, "spec", "postgresVersion"),
                object.at("spec", "patroni", "dynamicConfiguration", "postgresql", "parameters")
                        .or(() -> object.at("spec", "config", "parameters")),
                object,
                manifest,
                facts);
        object.at("spec", "proxy", "pgBouncer").ifPresent(bouncer -> {
            Map<String, Value<Object>> settings = settings(bouncer.at("config", "global"), manifest);
            settings.put("host", Value.known(name, object.origin()));
            instances(bouncer.at("replicas"), manifest, settings);
            String version = Image.of(manifest.text(bouncer, "image")).version();
            facts.accept(
                    new DeclaredPooler(name + "-pgbouncer", version, settings, manifest.place(), bouncer.origin()));
        });
    }

    private static void cloudNative(ConfigNode object, Manifest manifest, Consumer<Fact> facts) {
        String name = manifest.name(object, "metadata", "name");
        if (object.text("kind").equals("Cluster")) {
            Image image = Image.of(manifest.text(object, "spec", "imageName"));
            server(name, image.version(), object.at("spec", "postgresql", "parameters"), object, manifest, facts);
        } else if (object.text("kind").equals("Pooler")) {
            Map<String, Value<Object>> settings = settings(object.at("spec", "pgbouncer", "parameters"), manifest);
            mode(object.at("spec", "pgbouncer", "poolMode"), manifest, settings);
            settings.put("host", Values.setting(manifest.value(object, "spec", "cluster", "name")));
            instances(object.at("spec", "instances"), manifest, settings);
            facts.accept(new DeclaredPooler(name, "", settings, manifest.place(), object.origin()));
        }
    }

    private static void zalando(ConfigNode object, Manifest manifest, Consumer<Fact> facts) {
        String name = manifest.name(object, "metadata", "name");
        if (object.text("kind").equals("OperatorConfiguration")) {
            return;
        }
        server(
                name,
                manifest.text(object, "spec", "postgresql", "version"),
                object.at("spec", "postgresql", "parameters"),
                object,
                manifest,
                facts);
        Optional<ConfigNode> pooler = object.at("spec", "connectionPooler");
        boolean enabled = pooler.isPresent()
                || manifest.text(object, "spec", "enableConnectionPooler").equals("true");
        if (enabled) {
            Map<String, Value<Object>> settings = new LinkedHashMap<>();
            ConfigNode node = pooler.orElse(object);
            mode(node.at("mode"), manifest, settings);
            if (!settings.containsKey("pool_mode")) {
                // the operator's default, Zalando operator reference, "connection_pooler_mode"
                settings.put("pool_mode", new Value.Default<>("transaction", "zalando operator", ""));
            }
            node.at("maxDBConnections")
                    .ifPresent(one -> settings.put(
                            "max_db_connections",
                            Values.setting(manifest.scalars().apply(one))));
            instances(node.at("numberOfInstances"), manifest, settings);
            settings.put("host", Value.known(name, object.origin()));
            facts.accept(new DeclaredPooler(name + "-pooler", "", settings, manifest.place(), node.origin()));
        }
    }

    private static void server(
            String name,
            String version,
            Optional<ConfigNode> parameters,
            ConfigNode object,
            Manifest manifest,
            Consumer<Fact> facts) {
        Value<Integer> limit = parameters
                .flatMap(one -> one.at("max_connections"))
                .map(one -> Values.integer(manifest.scalars().apply(one)))
                .orElseGet(() -> Values.unknown("not written", "max_connections of " + name, object.origin()));
        facts.accept(new DeclaredServer(name, "postgresql", version, "", limit, manifest.place(), object.origin()));
    }

    private static Map<String, Value<Object>> settings(Optional<ConfigNode> written, Manifest manifest) {
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        written.ifPresent(node -> node.entries()
                .forEach((key, value) -> settings.put(
                        key,
                        Values.setting(Values.masked(key, manifest.scalars().apply(value))))));
        return settings;
    }

    private static void mode(Optional<ConfigNode> mode, Manifest manifest, Map<String, Value<Object>> settings) {
        mode.ifPresent(one ->
                settings.put("pool_mode", Values.setting(manifest.scalars().apply(one))));
    }

    private static void instances(Optional<ConfigNode> count, Manifest manifest, Map<String, Value<Object>> settings) {
        count.ifPresent(one ->
                settings.put("replicas", Values.setting(manifest.scalars().apply(one))));
    }
}
