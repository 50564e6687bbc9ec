package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that say how a program is started: shell scripts, Dockerfiles, Procfiles, units of systemd and supervisor, and the
 * configuration of Gunicorn, uWSGI, PM2 and mod_wsgi. Read after the manifests, because these files take numbers from the
 * environment that manifests set.
 */
final class WorkerFilesReader implements Reader {

    private static final Pattern STARTED = Pattern.compile("^\\s*(?:command|ExecStart)\\s*=\\s*-?(.+)$");
    private static final Pattern DAEMON = Pattern.compile("^\\s*WSGIDaemonProcess\\s+(\\S+)(.*)$");
    private static final Pattern OPTION = Pattern.compile("\\b(processes|threads)\\s*=\\s*(\\d{1,6})");
    private static final Pattern NAME = Pattern.compile("\\b[A-Z][A-Z0-9_]{2,60}\\b");
    private static final Pattern FORKED = Pattern.compile("cluster\\.fork\\(");
    private static final int MOST_NAMES = 200;

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return new Interest(
                EnumSet.of(
                        Language.SHELL,
                        Language.DOCKERFILE,
                        Language.PROCFILE,
                        Language.PYTHON,
                        Language.INI,
                        Language.CONF,
                        Language.JAVASCRIPT,
                        Language.JSON,
                        Language.TYPESCRIPT,
                        Language.OTHER),
                file -> switch (file.language()) {
                    case PYTHON -> isGunicorn(file.fileName());
                    case JSON -> file.fileName().matches("(?i).*(pm2|ecosystem|process(es)?)(\\.config)?\\.json");
                    case OTHER ->
                        file.fileName().endsWith(".service") || file.fileName().matches("(?i).*entrypoint|start|run");
                    default -> file.size() < 512 << 10;
                },
                List.of(
                        "gunicorn",
                        "uvicorn",
                        "hypercorn",
                        "daphne",
                        "granian",
                        "uwsgi",
                        "celery",
                        "waitress-serve",
                        "dramatiq",
                        "taskiq",
                        "mod_wsgi",
                        "fastapi run",
                        "WSGIDaemonProcess",
                        "pm2-runtime",
                        "pm2 start",
                        "exec_mode",
                        "workers",
                        "cluster.fork("));
    }

    private static boolean isGunicorn(String name) {
        return name.toLowerCase(Locale.ROOT).matches("gunicorn.*\\.py");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        String program = Paths.program(file.folder());
        switch (file.language()) {
            case SHELL, OTHER -> {
                if (file.fileName().endsWith(".service")) {
                    started(file, program, project, facts);
                } else {
                    commands(
                            StartScripts.commands(file, project, variables(file, project)),
                            program,
                            file,
                            project,
                            facts);
                }
            }
            case DOCKERFILE ->
                BuildFile.of(file, project)
                        .filter(one -> !Environments.isDevelopment(Environments.word(file.fileName())))
                        .ifPresent(one -> commands(
                                with(one, file, project),
                                one.source(program, built(file), project),
                                file,
                                project,
                                facts));
            case PROCFILE ->
                project.config(file)
                        .forEach(root -> root.entries()
                                .forEach((process, command) -> commands(
                                        StartCommand.ofShell(
                                                Manifest.plain(command).or(""),
                                                variables(file, project),
                                                command.origin()),
                                        program,
                                        file,
                                        project,
                                        facts)));
            case PYTHON ->
                ServerConfigs.of(file, project)
                        .filter(one -> !one.settings().isEmpty())
                        .ifPresent(one ->
                                facts.accept(known(one, file, project).workers(program, Manifest.placeOf(file))));
            case JAVASCRIPT, TYPESCRIPT, JSON -> node(file, program, project, facts);
            default -> {
                if (file.fileName().endsWith(".ini")) {
                    ServerConfigs.of(file, project)
                            .ifPresent(one -> facts.accept(one.workers(program, Manifest.placeOf(file))));
                }
                started(file, program, project, facts);
            }
        }
    }

    /** Settings that come from the environment, with what manifests set there. */
    private static ServerConfig known(ServerConfig config, SourceFile file, Project project) {
        Variables variables = project.view(Variables.class, Variables::of);
        Map<String, Value<String>> settings = new HashMap<>();
        config.settings().forEach((name, value) -> {
            Optional<String> variable = ServerConfigs.variable(value);
            settings.put(name, variable.isPresent() ? variables.orDefault(variable.get(), value, file) : value);
        });
        return new ServerConfig(config.server(), settings, config.origin());
    }

    private static List<StartCommand> with(BuildFile build, SourceFile file, Project project) {
        Map<String, Value<String>> set = variables(file, project);
        List<StartCommand> commands = new ArrayList<>();
        for (StartCommand one : build.commands()) {
            Map<String, Value<String>> all = new HashMap<>(one.variables());
            all.putAll(set);
            variables(String.join(" ", one.options()), file, project).forEach(all::put);
            commands.add(new StartCommand(one.program(), one.options(), all, one.origin()));
        }
        return commands;
    }

    /** What a Dockerfile builds, by its name: {@code backend.staging.Dockerfile}, {@code Dockerfile.backend}. */
    private static String built(SourceFile file) {
        for (String word : file.fileName().split("[.\\-_]", -1)) {
            if (word.length() > 2
                    && !word.equalsIgnoreCase("dockerfile")
                    && Environments.word(word).isEmpty()) {
                return word;
            }
        }
        return Paths.last(file.folder());
    }

    private static Map<String, Value<String>> variables(SourceFile file, Project project) {
        return variables(project.text(file).map(SourceText::text).orElse(""), file, project);
    }

    /** The variables that a text names and that manifests set. */
    private static Map<String, Value<String>> variables(String text, SourceFile file, Project project) {
        Variables variables = project.view(Variables.class, Variables::of);
        Map<String, Value<String>> found = new HashMap<>();
        Matcher name = NAME.matcher(text + " WEB_CONCURRENCY GUNICORN_CMD_ARGS");
        while (name.find() && found.size() < MOST_NAMES) {
            String one = name.group();
            variables.set(one, file).ifPresent(value -> found.put(one, value));
        }
        return found;
    }

    private static void commands(
            List<StartCommand> commands, String program, SourceFile file, Project project, Consumer<Fact> facts) {
        WorkerCommand.of(program, commands, Manifest.placeOf(file), ServerConfigs.named(project, program))
                .ifPresent(facts);
    }

    /** Lines of units and of mod_wsgi. */
    private static void started(SourceFile file, String program, Project project, Consumer<Fact> facts) {
        int number = 0;
        for (String line : project.text(file)
                .map(SourceText::text)
                .orElse("")
                .lines()
                .limit(5_000)
                .toList()) {
            number++;
            Origin origin = new Origin(file.name(), number, 1);
            Matcher started = STARTED.matcher(line);
            Matcher daemon = DAEMON.matcher(line);
            if (started.matches()) {
                commands(
                        StartCommand.ofShell(started.group(1), variables(line, file, project), origin),
                        program,
                        file,
                        project,
                        facts);
            } else if (daemon.matches()) {
                facts.accept(daemon(daemon.group(2), program, file, origin));
            }
        }
    }

    /** One process of 15 threads where nothing is said: mod_wsgi documentation, WSGIDaemonProcess. */
    private static Workers daemon(String options, String program, SourceFile file, Origin origin) {
        Value<Integer> processes = new Value.Default<>(1, "mod_wsgi", "");
        Value<Limit> threads = new Value.Default<>(Limit.atMost(15), "mod_wsgi", "");
        Matcher option = OPTION.matcher(options);
        while (option.find()) {
            int count = Integer.parseInt(option.group(2));
            if (option.group(1).equals("processes")) {
                processes = Value.known(count, origin);
            } else {
                threads = Value.known(Limit.atMost(count), origin);
            }
        }
        return new Workers(program, "mod_wsgi", processes, threads, false, false, Manifest.placeOf(file), origin);
    }

    private static void node(SourceFile file, String program, Project project, Consumer<Fact> facts) {
        String name = file.fileName().toLowerCase(Locale.ROOT);
        if (name.contains("ecosystem") || name.contains("pm2")) {
            ServerConfigs.of(file, project)
                    .ifPresent(one -> facts.accept(one.workers(program, Manifest.placeOf(file))));
            return;
        }
        String text = project.text(file).map(SourceText::text).orElse("");
        Matcher forked = FORKED.matcher(text);
        boolean cluster = text.contains("'cluster'") || text.contains("\"cluster\"") || text.contains("node:cluster");
        if (cluster && forked.find()) {
            int line = (int) text.substring(0, forked.start())
                            .chars()
                            .filter(one -> one == '\n')
                            .count()
                    + 1;
            Origin origin = new Origin(file.name(), line, 1);
            facts.accept(new Workers(
                    program,
                    "node cluster",
                    Values.unknown("the program forks as many as it computes", "the number of forks", origin),
                    new Value.Default<>(Limit.unlimited(), "node", ""),
                    false,
                    false,
                    Manifest.placeOf(file),
                    origin));
        }
    }
}
