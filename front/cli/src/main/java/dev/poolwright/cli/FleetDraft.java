package dev.poolwright.cli;

import dev.poolwright.model.derive.DerivedFleet;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A first fleet file for a source tree: pools stay where they are written ({@code from:}); what stands here is only what a
 * scan cannot know, and each gap says what would settle it.
 */
final class FleetDraft {

    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> servers = new HashMap<>();
    private final DerivedFleet derived;

    private FleetDraft(DerivedFleet derived) {
        this.derived = derived;
    }

    /** @param name of the fleet */
    static String of(String name, DerivedFleet derived) {
        return new FleetDraft(derived).write(name);
    }

    private String write(String name) {
        Fleet fleet = derived.fleet();
        line(
                "# What scanning the tree cannot know. Pools stay in the source: `from:` names them, `poolwright check` reads them there.");
        line("# Replace each {unknown: ..., settled_by: ...} by the value; docs/fleet-file.md has every key.");
        line("format: 1");
        line("fleet: " + identifier(name, "fleet"));
        line("servers:");
        fleet.servers().values().forEach(this::server);
        line("services:");
        fleet.services().values().forEach(this::service);
        line("objectives: {acquire_p99: 100ms, utilization_p95: 50%, success: 99%}");
        return text.toString();
    }

    private void server(Server server) {
        String name = free(servers, identifier(server.name(), "server"));
        servers.put(server.name(), name);
        line("  " + name + ":" + comment(server.origin()));
        line("    engine: " + server.engine());
        if (server.version().matches("[0-9][0-9.]*")) {
            line("    version: " + server.version());
        }
        line("    max_connections: "
                + number(server.limits().maxConnections(), "the server's limit", "SHOW max_connections"));
        line("    reserved: "
                + number(
                        server.limits().reserved(),
                        "slots that applications cannot have",
                        "SHOW superuser_reserved_connections"));
    }

    private void service(Service service) {
        line("  " + identifier(service.name(), "service") + ":" + comment(service.origin()));
        Service.Instances instances = service.instances();
        line("    instances: {min: " + number(instances.min(), "instances at least", "the deployment's replicas")
                + ", max: "
                + number(instances.max(), "instances at most", "the autoscaler's maximum, or the deployment's replicas")
                + "}");
        line("    pools:");
        service.pools().values().forEach(pool -> pool(service, pool));
        line(
                "    # load: {requests: {rate: 50/s, pool: <pool>, hold: {in_database: 10ms}, deadline: 5s}}   # settled by: measuring");
    }

    private void pool(Service service, Pool pool) {
        DeclaredPool declared = derived.declared().get(service.name() + "/" + pool.name());
        String from = declared == null ? "" : ", from: " + quoted(declared.name());
        String to = servers.getOrDefault(pool.target().at(), "");
        line("      " + identifier(pool.name(), "pool") + ": {to: " + (to.isEmpty() ? "main" : to) + from + "}");
    }

    /** A number that somebody wrote in the tree, or a gap. A library's or server's default is a gap too: nobody has said it. */
    private static String number(Value<Integer> value, String what, String settledBy) {
        if (value instanceof Value.Known<Integer> known) {
            return known.value() + "";
        }
        String why = switch (value) {
            case Value.Default<Integer> standard ->
                what + ": not in the tree; " + standard.value() + " is the default of " + standard.library();
            case Value.Unknown<Integer> unknown -> unknown.why();
            default -> what + ": " + value;
        };
        return "{unknown: " + quoted(why) + ", settled_by: " + quoted(settledBy) + "}";
    }

    private static String comment(Origin origin) {
        return origin.file().isEmpty() ? "" : "   # " + origin.file() + (origin.line() == 0 ? "" : ":" + origin.line());
    }

    private static String quoted(String plain) {
        return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }

    /** A name that the format takes: a letter, then letters, digits, dots and dashes. */
    private static String identifier(String name, String otherwise) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]+", "-").replaceAll("^[^a-z]+|-+$", "");
        return plain.isEmpty() ? otherwise : plain.length() > 60 ? plain.substring(0, 60) : plain;
    }

    private static String free(Map<String, String> taken, String name) {
        String free = name;
        for (int number = 2; taken.containsValue(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
