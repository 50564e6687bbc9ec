package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a start command says about processes and callers. Knows Gunicorn, Uvicorn, Hypercorn, Daphne, Granian, uWSGI, Waitress,
 * mod_wsgi-express, Celery, Dramatiq, RQ, taskiq and PM2; defaults are those of their documentation.
 */
final class WorkerCommand {

    /** Greenlets of one Gunicorn worker: {@code worker_connections}, Gunicorn 23 documentation. */
    private static final int GREENLETS = 1_000;

    private final StartCommand command;
    private final Function<String, Optional<ServerConfig>> configs;

    private WorkerCommand(StartCommand command, Function<String, Optional<ServerConfig>> configs) {
        this.command = command;
        this.configs = configs;
    }

    /**
     * Of the first command that starts a known server.
     *
     * @param service that the workers belong to
     * @param configs the configuration file of that name, where it is in the tree
     */
    static Optional<Workers> of(
            String service,
            List<StartCommand> commands,
            Place place,
            Function<String, Optional<ServerConfig>> configs) {
        for (StartCommand command : commands) {
            Optional<Workers> workers = new WorkerCommand(command, configs).workers(service, place);
            if (workers.isPresent()) {
                return workers;
            }
        }
        return Optional.empty();
    }

    private Optional<Workers> workers(String service, Place place) {
        if (command.has("--reload")) {
            return Optional.empty(); // a developer's own
        }
        return Optional.ofNullable(
                switch (command.program()) {
                    case "gunicorn" -> gunicorn(service, place);
                    case "uvicorn" -> asgi(service, "uvicorn", processes("uvicorn", "--workers"), place);
                    case "fastapi" ->
                        command.has("run") ? asgi(service, "uvicorn", processes("uvicorn", "--workers"), place) : null;
                    case "hypercorn" -> asgi(service, "hypercorn", processes("hypercorn", "-w", "--workers"), place);
                    case "daphne" -> asgi(service, "daphne", new Value.Default<>(1, "daphne", ""), place);
                    case "granian" -> granian(service, place);
                    case "uwsgi" -> uwsgi(service, place);
                    case "waitress-serve" ->
                        threaded(
                                service,
                                "waitress",
                                new Value.Default<>(1, "waitress", ""),
                                threads("waitress", 4, "--threads"),
                                place);
                    case "mod_wsgi-express" ->
                        threaded(
                                service,
                                "mod_wsgi",
                                processes("mod_wsgi", "--processes"),
                                threads("mod_wsgi", 5, "--threads"),
                                place);
                    case "celery" -> command.has("worker") ? celery(service, place) : null;
                    case "dramatiq" ->
                        threaded(
                                service,
                                "dramatiq",
                                cpus("dramatiq", "-p", "--processes"),
                                threads("dramatiq", 8, "-t", "--threads"),
                                place);
                    case "rq" ->
                        command.has("worker")
                                ? threaded(service, "rq", new Value.Default<>(1, "rq", ""), one("rq"), place)
                                : null;
                    case "taskiq" -> command.has("worker") ? asgi(service, "taskiq", taskiq(), place) : null;
                    case "pm2", "pm2-runtime", "pm2-docker" -> pm2(service, place);
                    default -> null;
                });
    }

    private Workers gunicorn(String service, Place place) {
        Map<String, Value<String>> said = new LinkedHashMap<>();
        command.option("-c", "--config")
                .map(name -> name.replaceFirst("^(file|python):", ""))
                .or(() -> Optional.of("gunicorn.conf.py")) // read from the working folder without being named
                .flatMap(configs)
                .ifPresent(config -> said.putAll(config.settings()));
        said.putIfAbsent("workers", command.variables().getOrDefault("WEB_CONCURRENCY", Value.unknown("", "")));
        Value<String> more = command.variables().get("GUNICORN_CMD_ARGS");
        if (more != null && more.single().isPresent()) {
            StartCommand extra = new StartCommand(
                    "gunicorn", ShellWords.words(more.single().get()), command.variables(), more.origin());
            options(extra, said);
        }
        options(command, said);
        return ServerConfig.gunicorn(service, said, place, command.origin(), GREENLETS);
    }

    private static void options(StartCommand command, Map<String, Value<String>> said) {
        command.value("-w", "--workers").ifPresent(value -> said.put("workers", value));
        command.value("--threads").ifPresent(value -> said.put("threads", value));
        command.value("-k", "--worker-class").ifPresent(value -> said.put("worker_class", value));
        command.value("--worker-connections").ifPresent(value -> said.put("worker_connections", value));
        if (command.has("--preload", "--preload-app")) {
            said.put("preload_app", Value.known("True", command.origin()));
        }
    }

    private Workers uwsgi(String service, Place place) {
        Map<String, Value<String>> said = new LinkedHashMap<>();
        command.option("--ini", "-i")
                .or(() -> command.options().stream()
                        .filter(word -> word.endsWith(".ini"))
                        .findFirst())
                .flatMap(configs)
                .ifPresent(config -> said.putAll(config.settings()));
        command.value("--processes", "-p", "--workers").ifPresent(value -> said.put("processes", value));
        command.value("--threads").ifPresent(value -> said.put("threads", value));
        if (command.has("--lazy-apps", "--lazy")) {
            said.put("lazy-apps", Value.known("true", command.origin()));
        }
        return ServerConfig.uwsgi(service, said, place, command.origin());
    }

    private Workers celery(String service, Place place) {
        String pool = command.option("-P", "--pool").orElse("prefork");
        Optional<Value<String>> written = command.value("-c", "--concurrency");
        Value<Integer> count = written.map(Values::integer)
                .orElseGet(() ->
                        Values.unknown("Celery takes the number of processors", "--concurrency", command.origin()));
        if (pool.equals("prefork") || pool.equals("processes")) {
            return threaded(service, "celery", count, one("celery"), place);
        }
        Value<Limit> callers =
                pool.equals("solo") ? one("celery") : Values.map(count, one -> Optional.of(Limit.atMost(one)), "");
        return threaded(service, "celery", new Value.Default<>(1, "celery", ""), callers, place);
    }

    private Workers granian(String service, Place place) {
        boolean wsgi = command.option("--interface").orElse("").equals("wsgi");
        Value<Integer> processes = processes("granian", "--workers");
        return wsgi
                ? threaded(
                        service, "granian", processes, threads("granian", 1, "--blocking-threads", "--threads"), place)
                : asgi(service, "granian", processes, place);
    }

    private Value<Integer> taskiq() {
        return command.value("-w", "--workers")
                .map(Values::integer)
                .orElseGet(() -> new Value.Default<>(2, "taskiq", ""));
    }

    private Workers pm2(String service, Place place) {
        Optional<Value<String>> instances = command.value("-i", "--instances");
        if (instances.isPresent()) {
            return ServerConfig.pm2(service, instances.get(), place, command.origin());
        }
        Optional<ServerConfig> config = command.options().stream()
                .filter(word -> word.endsWith(".js") || word.endsWith(".cjs") || word.endsWith(".json"))
                .findFirst()
                .flatMap(configs);
        Value<String> written =
                config.map(one -> one.settings().get("instances")).orElseGet(() -> new Value.Default<>("1", "pm2", ""));
        return ServerConfig.pm2(service, written, place, command.origin());
    }

    private Value<Integer> processes(String server, String... names) {
        Value<String> set = command.variables().get("WEB_CONCURRENCY");
        return command.value(names)
                .or(() -> server.equals("uvicorn") ? Optional.ofNullable(set) : Optional.empty())
                .map(Values::integer)
                .orElseGet(() -> new Value.Default<>(1, server, ""));
    }

    private Value<Integer> cpus(String server, String... names) {
        return command.value(names)
                .map(Values::integer)
                .orElseGet(
                        () -> Values.unknown(server + " takes the number of processors", names[0], command.origin()));
    }

    private Value<Limit> threads(String server, int standard, String... names) {
        return command.value(names)
                .map(text -> Values.map(Values.integer(text), one -> Optional.of(Limit.atMost(one)), ""))
                .orElseGet(() -> new Value.Default<>(Limit.atMost(standard), server, ""));
    }

    private static Value<Limit> one(String server) {
        return new Value.Default<>(Limit.atMost(1), server, "");
    }

    private Workers asgi(String service, String server, Value<Integer> processes, Place place) {
        Value<Limit> callers = command.value("--limit-concurrency")
                .map(text -> Values.map(Values.integer(text), one -> Optional.of(Limit.atMost(one)), ""))
                .orElseGet(() -> new Value.Default<>(Limit.unlimited(), server, ""));
        return new Workers(service, server, processes, callers, true, false, place, command.origin());
    }

    private Workers threaded(
            String service, String server, Value<Integer> processes, Value<Limit> threads, Place place) {
        return new Workers(service, server, processes, threads, false, false, place, command.origin());
    }
}
