package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigNode.Entries;
import dev.poolwright.scan.config.ConfigNode.Items;
import dev.poolwright.scan.config.ConfigNode.Scalar;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One Compose file with what it refers to: the file that it extends, files of variables, Dockerfiles. Single-threaded. */
final class ComposeFile {

    private static final int MOST_HOPS = 5;
    private static final List<String> BASES =
            List.of("docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml");

    private final SourceFile file;
    private final ConfigNode document;
    private final Project project;
    private final Map<String, Value<String>> outside = new HashMap<>();
    private final Place place;
    private final String environment;

    ComposeFile(SourceFile file, ConfigNode document, Project project) {
        this.file = file;
        this.document = document;
        this.project = project;
        this.environment = Environments.of(file.name());
        this.place = environment.equals(Environments.TESTING) ? Place.TEST : Manifest.placeOf(file);
        Paths.in(file.folder(), ".env").flatMap(project::file).ifPresent(dotenv -> outside.putAll(variables(dotenv)));
    }

    private Map<String, Value<String>> variables(SourceFile dotenv) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        project.config(dotenv)
                .forEach(one -> one.entries()
                        .forEach((name, value) -> variables.put(name, Values.masked(name, Manifest.plain(value)))));
        return variables;
    }

    void read(String name, ConfigNode written, Consumer<Fact> facts) {
        ConfigNode service = whole(name, written, document, file, 0);
        Map<String, Value<String>> variables = environment(service);
        Image image = Image.of(text(service, "image"));
        List<String> words = words(service);
        DatabaseContainer database =
                new DatabaseContainer(name, image, words, variables, ports(service), place, written.origin());
        if (database.server().isPresent()) {
            facts.accept(mounted(service, database));
            return;
        }
        if (database.pooler().isPresent()) {
            facts.accept(database.pooler().get());
            return;
        }
        Optional<SourceFile> dockerfile = dockerfile(service);
        Optional<BuildFile> build = dockerfile.flatMap(one -> BuildFile.of(one, project));
        String source = source(name, service, dockerfile, build);
        Map<String, Value<String>> all = new LinkedHashMap<>();
        build.ifPresent(one -> all.putAll(one.variables()));
        all.putAll(variables);
        facts.accept(new Deployment(
                name,
                "compose",
                environment,
                source,
                image.name(),
                instances(service),
                variables,
                Secrets.masked(words),
                Values.noTimeout(),
                source.matches("(tests?|e2e)(/.*)?") ? Place.TEST : place,
                written.origin()));
        List<StartCommand> commands = words.isEmpty()
                ? build.map(BuildFile::commands).orElse(List.of()).stream()
                        .map(one -> new StartCommand(
                                one.program(), one.options(), merged(one.variables(), all), one.origin()))
                        .toList()
                : StartScripts.followed(
                        StartCommand.of(
                                words,
                                all,
                                service.at("command").orElse(service).origin()),
                        source,
                        project);
        WorkerCommand.of(name, commands, place, ServerConfigs.named(project, source))
                .ifPresent(facts);
    }

    private static List<String> ports(ConfigNode service) {
        List<String> ports = new ArrayList<>();
        for (String key : List.of("ports", "expose")) {
            service.items(key)
                    .forEach(one -> ports.add(one instanceof Scalar scalar ? scalar.text() : one.text("target")));
        }
        return ports;
    }

    private static Map<String, Value<String>> merged(
            Map<String, Value<String>> below, Map<String, Value<String>> above) {
        Map<String, Value<String>> all = new HashMap<>(below);
        all.putAll(above);
        return all;
    }

    /** With what it extends, and with what the base file says where this file only overrides it. */
    private ConfigNode whole(String name, ConfigNode service, ConfigNode in, SourceFile from, int hops) {
        if (hops > MOST_HOPS) {
            return service;
        }
        Optional<ConfigNode> extended = service.at("extends");
        if (extended.isPresent()) {
            String other = extended.get() instanceof Scalar scalar
                    ? scalar.text()
                    : extended.get().text("service");
            String path = extended.get().text("file");
            Optional<SourceFile> target = path.isEmpty()
                    ? Optional.of(from)
                    : Paths.in(from.folder(), path).flatMap(project::file);
            Optional<ConfigNode> root = path.isEmpty()
                    ? Optional.of(in)
                    : target.flatMap(one -> project.config(one).stream().findFirst());
            Optional<ConfigNode> base = root.flatMap(one -> one.at("services", other));
            if (base.isPresent() && target.isPresent()) {
                return laid(whole(other, base.get(), root.get(), target.get(), hops + 1), service);
            }
        }
        boolean built =
                service.at("build").filter(build -> build instanceof Scalar).isPresent()
                        || service.at("build", "context").isPresent();
        boolean partial = service.at("image").isEmpty() && !built && hops == 0;
        if (partial && !BASES.contains(file.fileName())) {
            for (String base : BASES) {
                Optional<ConfigNode> below = Paths.in(file.folder(), base)
                        .flatMap(project::file)
                        .flatMap(one -> project.config(one).stream().findFirst())
                        .flatMap(one -> one.at("services", name));
                if (below.isPresent()) {
                    return laid(below.get(), service);
                }
            }
        }
        return service;
    }

    private static ConfigNode laid(ConfigNode base, ConfigNode above) {
        Map<String, ConfigNode> all = new LinkedHashMap<>(base.entries());
        above.entries().forEach((key, value) -> {
            ConfigNode old = all.get(key);
            if (old instanceof Entries below && value instanceof Entries) {
                Map<String, ConfigNode> inner = new LinkedHashMap<>(below.entries());
                inner.putAll(value.entries());
                all.put(key, new Entries(inner, value.origin()));
            } else if (old instanceof Items below && value instanceof Items && !key.equals("command")) {
                List<ConfigNode> items = new ArrayList<>(below.items());
                items.addAll(value.items());
                all.put(key, new Items(items, value.origin()));
            } else {
                all.put(key, value);
            }
        });
        return new Entries(all, above.origin());
    }

    private Map<String, Value<String>> environment(ConfigNode service) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        List<ConfigNode> files = new ArrayList<>(service.items("env_file"));
        service.at("env_file").filter(Scalar.class::isInstance).ifPresent(files::add);
        for (ConfigNode one : files) {
            String path = one instanceof Scalar scalar ? scalar.text() : one.text("path");
            Paths.in(file.folder(), path).flatMap(project::file).ifPresent(named -> variables.putAll(variables(named)));
        }
        service.entries("environment").forEach((name, value) -> put(variables, name, value(value)));
        for (ConfigNode one : service.items("environment")) {
            String text = one instanceof Scalar scalar ? scalar.text() : "";
            int equals = text.indexOf('=');
            if (equals > 0) {
                put(variables, text.substring(0, equals), resolved(text.substring(equals + 1), one.origin()));
            } else if (!text.isEmpty()) {
                Value<String> handed = outside.get(text);
                put(variables, text, handed != null ? handed : unset(text, one.origin()));
            }
        }
        return variables;
    }

    private static void put(Map<String, Value<String>> variables, String name, Value<String> value) {
        variables.put(name, Values.masked(name, value));
    }

    private static Value<String> unset(String name, Origin origin) {
        return Values.unknown("is taken from the shell that runs Compose", "the value of " + name, origin);
    }

    private Value<String> value(ConfigNode node) {
        return node instanceof Scalar scalar
                ? resolved(scalar.text(), scalar.origin())
                : Values.unknown("not a single value", "a single value", node.origin());
    }

    private Value<String> resolved(String text, Origin origin) {
        if (!text.contains("$")) {
            return Value.known(text, origin);
        }
        return Values.map(
                StartCommand.resolved(text.replace("$$", "\uF5E1"), outside, origin),
                one -> Optional.of(one.replace("\uF5E1", "$")),
                "");
    }

    private String text(ConfigNode node, String... keys) {
        return node.at(keys)
                .map(one -> value(one).or(one instanceof Scalar scalar ? scalar.text() : ""))
                .orElse("");
    }

    private List<String> words(ConfigNode service) {
        List<String> words = new ArrayList<>();
        for (String key : List.of("entrypoint", "command")) {
            Optional<ConfigNode> node = service.at(key);
            if (node.isEmpty()) {
                continue;
            }
            if (node.get() instanceof Items items) {
                items.items()
                        .forEach(one -> words.add(
                                one instanceof Scalar scalar ? scalar.text().replace("$$", "$") : ""));
            } else if (node.get() instanceof Scalar scalar) {
                String text = scalar.text().replace("$$", "$");
                boolean shell = text.contains("&&") || text.contains("||") || text.contains(";");
                words.addAll(shell && !text.contains("-c ") ? List.of("sh", "-c", text) : ShellWords.words(text));
            }
        }
        return words;
    }

    private Optional<SourceFile> dockerfile(ConfigNode service) {
        String context = context(service);
        if (service.at("build").isEmpty() || context.equals("?")) {
            return Optional.empty();
        }
        String written = text(service, "build", "dockerfile");
        String name = written.isEmpty() ? "Dockerfile" : written;
        return Paths.in(context, name)
                .flatMap(project::file)
                .or(() -> Paths.in(file.folder(), name).flatMap(project::file));
    }

    /** The build context relative to the root; {@code ?} where it is outside of the tree or not said. */
    private String context(ConfigNode service) {
        String written = service.at("build").orElse(service) instanceof Scalar scalar
                ? value(scalar).or(scalar.text())
                : text(service, "build", "context");
        return Paths.in(file.folder(), written.isEmpty() ? "." : written).orElse("?");
    }

    private String source(String name, ConfigNode service, Optional<SourceFile> dockerfile, Optional<BuildFile> build) {
        String context = service.at("build").isEmpty() ? "?" : context(service);
        if (context.equals("?")) {
            return "";
        }
        String above = dockerfile.map(SourceFile::folder).orElse(context);
        boolean nearer = above.length() > context.length() && above.startsWith(context) && !Paths.isAround(above);
        String source = build.map(one -> one.source(context, name, project))
                .filter(found -> !found.equals(context))
                .orElse(nearer ? above : context);
        boolean says = TreeIndex.of(project).isFolder(source) && !Paths.isAround(source);
        return says ? source : "";
    }

    private Instances instances(ConfigNode service) {
        Value<Integer> count = service.at("deploy", "replicas")
                .or(() -> service.at("scale"))
                .map(node -> Values.integer(value(node)))
                .orElseGet(() -> new Value.Default<>(1, "compose", ""));
        // Docker documentation, "Deploy specification": update_config.order is stop-first where it is not said
        boolean startFirst = text(service, "deploy", "update_config", "order").equals("start-first");
        Value<Surge> surge = startFirst
                ? Value.known(new Surge(1, 0), service.origin())
                : new Value.Default<>(Surge.NONE, "compose", "");
        return Scaling.fixed(count, surge, startFirst ? Rollout.ROLLING : Rollout.RECREATE);
    }

    /** The limit that a mounted configuration file of the tree says counts where the command says none. */
    private Fact mounted(ConfigNode service, DatabaseContainer database) {
        dev.poolwright.model.fact.DeclaredServer server = database.server().orElseThrow();
        if (!server.maxConnections().possible().isEmpty()) {
            return server;
        }
        for (ConfigNode volume : service.items("volumes")) {
            String path =
                    volume instanceof Scalar scalar ? scalar.text().replaceFirst(":.*$", "") : volume.text("source");
            Optional<SourceFile> mounted = path.endsWith(".conf") || path.endsWith(".cnf")
                    ? Paths.in(file.folder(), path).flatMap(project::file)
                    : Optional.empty();
            Value<Integer> limit = mounted.flatMap(project::text)
                    .map(SourceText::text)
                    .map(text -> ConfigFiles.maxConnections(
                            text, new Origin(mounted.map(SourceFile::name).orElse(""), 1, 1)))
                    .orElseGet(server::maxConnections);
            if (limit instanceof Value.Known<Integer> known) {
                return new dev.poolwright.model.fact.DeclaredServer(
                        server.name(),
                        server.engine(),
                        server.version(),
                        "",
                        Value.known(
                                known.value(),
                                known.origin(),
                                List.of(new Step("mounted by " + database.name(), volume.origin()))),
                        place,
                        server.origin());
            }
        }
        return server;
    }
}
