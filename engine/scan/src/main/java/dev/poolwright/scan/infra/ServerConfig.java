package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration file of a server of programs: its settings by the server's own names.
 *
 * @param server {@code gunicorn}, {@code uwsgi}, {@code pm2}
 */
record ServerConfig(String server, Map<String, Value<String>> settings, Origin origin) {

    ServerConfig {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    Workers workers(String service, Place place) {
        return switch (server) {
            case "gunicorn" -> gunicorn(service, settings, place, origin, 1_000);
            case "uwsgi" -> uwsgi(service, settings, place, origin);
            default -> pm2(service, settings.getOrDefault("instances", Value.known("1", origin)), place, origin);
        };
    }

    static Workers gunicorn(
            String service, Map<String, Value<String>> said, Place place, Origin origin, int greenlets) {
        Value<String> kind = said.getOrDefault("worker_class", new Value.Default<>("sync", "gunicorn", ""));
        String name = kind.possible().isEmpty() ? "" : kind.possible().getLast().toLowerCase(Locale.ROOT);
        boolean asgi = name.contains("uvicorn")
                || name.contains("asgi")
                || name.contains("hypercorn")
                || name.contains("aiohttp");
        boolean green = name.contains("gevent") || name.contains("eventlet") || name.contains("tornado");
        Value<Limit> threads;
        if (asgi) {
            threads = new Value.Default<>(Limit.unlimited(), "gunicorn", "");
        } else if (green) {
            threads = said.containsKey("worker_connections")
                    ? limit(said.get("worker_connections"))
                    : new Value.Default<>(Limit.atMost(greenlets), "gunicorn", "");
        } else if (kind instanceof Value.Unknown<String>) {
            threads = Values.unknown("the worker class is not known", "worker_class", kind.origin());
        } else {
            threads = said.containsKey("threads")
                    ? limit(said.get("threads"))
                    : new Value.Default<>(Limit.atMost(1), "gunicorn", "");
        }
        String preload =
                said.containsKey("preload_app") ? said.get("preload_app").or("") : "";
        return new Workers(
                service,
                "gunicorn",
                count(said.get("workers"), "gunicorn"),
                threads,
                asgi,
                preload.equalsIgnoreCase("true"),
                place,
                origin);
    }

    static Workers uwsgi(String service, Map<String, Value<String>> said, Place place, Origin origin) {
        Value<String> processes = said.getOrDefault("processes", said.get("workers"));
        Value<Limit> threads = said.containsKey("threads")
                ? limit(said.get("threads"))
                : new Value.Default<>(Limit.atMost(1), "uwsgi", "");
        String lazy = said.containsKey("lazy-apps") ? said.get("lazy-apps").or("") : "";
        // uWSGI loads the program before it forks unless it is told to be lazy
        boolean preload = !lazy.matches("(?i)true|1|yes");
        return new Workers(service, "uwsgi", count(processes, "uwsgi"), threads, false, preload, place, origin);
    }

    /** {@code max}, {@code 0} and negative numbers mean the number of processors, less so many. */
    static Workers pm2(String service, Value<String> instances, Place place, Origin origin) {
        Value<Integer> processes =
                instances.single().map(text -> text.matches("max|0|-\\d+")).orElse(false)
                        ? Values.unknown("PM2 starts one for each processor", "instances: a number", instances.origin())
                        : Values.integer(instances);
        Value<Limit> loop = new Value.Default<>(Limit.unlimited(), "node", "");
        return new Workers(service, "pm2", processes, loop, false, false, place, origin);
    }

    private static Value<Limit> limit(Value<String> text) {
        return Values.map(Values.integer(text), one -> Optional.of(Limit.atMost(one)), "");
    }

    private static Value<Integer> count(@org.jspecify.annotations.Nullable Value<String> text, String server) {
        boolean said = text != null
                && !(text instanceof Value.Unknown<String> unknown
                        && unknown.why().isEmpty());
        return said && text != null ? Values.integer(text) : new Value.Default<>(1, server, "");
    }
}
