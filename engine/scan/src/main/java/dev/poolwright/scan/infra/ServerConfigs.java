package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Configuration files of servers of programs: {@code gunicorn.conf.py}, {@code uwsgi.ini}, {@code ecosystem.config.js}. */
final class ServerConfigs {

    private static final Set<String> GUNICORN = Set.of(
            "workers", "threads", "worker_class", "worker_connections", "preload_app", "timeout", "max_requests");
    private static final Pattern ENVIRONMENT = Pattern.compile(
            "(?:int|float|str)?\\(?\\s*(?:os\\.)?(?:getenv|environ\\.get)\\(\\s*['\"](\\w+)['\"]\\s*(?:,\\s*(.+?))?\\s*\\)+");
    private static final Pattern INI = Pattern.compile("\\s*([a-z][a-z-]*)\\s*=\\s*(\\S+)\\s*");
    private static final Pattern PM2_INSTANCES =
            Pattern.compile("[\"']?instances[\"']?\\s*:\\s*[\"']?(max|-?\\d+)[\"']?");
    private static final int MOST_HOPS = 5;
    private static final String DEFAULT_OF = "default of ";
    private static final String THE_VALUE_OF = "the value of ";

    private ServerConfigs() {}

    /**
     * Finds configuration files by the name in a command: in the folder of the program, else the only one of that name in the
     * tree.
     */
    static Function<String, Optional<ServerConfig>> named(Project project, String folder) {
        return name -> {
            String plain = name.replaceFirst("^(\\./|/)+", "");
            String direct = folder.isEmpty() ? plain : folder + "/" + plain;
            return project.file(direct).or(() -> only(project, plain, folder)).flatMap(file -> of(file, project));
        };
    }

    private static Optional<SourceFile> only(Project project, String path, String folder) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (folder.isEmpty() && last.equals("gunicorn.conf.py") && !path.contains("/")) {
            return Optional.empty(); // not named by the command: it must be where the program is
        }
        List<SourceFile> found = TreeIndex.of(project).named(last).stream()
                .filter(file -> file.name().startsWith(folder))
                .limit(2)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    static Optional<ServerConfig> of(SourceFile file, Project project) {
        if (file.language() == Language.PYTHON) {
            return project.syntax(file).map(root -> gunicorn(root, file));
        }
        String text = project.text(file).map(SourceText::text).orElse("");
        if (file.fileName().endsWith(".ini")) {
            return text.contains("[uwsgi]") ? Optional.of(uwsgi(text, file)) : Optional.empty();
        }
        return pm2(text, file);
    }

    /** Assignments at the top of the module. */
    private static ServerConfig gunicorn(SyntaxNode root, SourceFile file) {
        Map<String, SyntaxNode> assigned = new HashMap<>();
        for (SyntaxNode statement : root.children()) {
            for (SyntaxNode one : statement.children()) {
                if (statement.is("expression_statement") && one.is("assignment")) {
                    one.child("right").ifPresent(right -> assigned.put(one.text("left"), right));
                }
            }
        }
        Map<String, Value<String>> settings = new LinkedHashMap<>();
        for (String name : GUNICORN) {
            SyntaxNode right = assigned.get(name);
            if (right != null) {
                settings.put(name, value(right, assigned, 0));
            } else {
                conditional(name, root, assigned).ifPresent(value -> settings.put(name, value));
            }
        }
        return new ServerConfig("gunicorn", settings, new Origin(file.name(), 1, 1));
    }

    /** A setting that is assigned only under conditions. */
    private static Optional<Value<String>> conditional(String name, SyntaxNode root, Map<String, SyntaxNode> assigned) {
        List<Value.Case<String>> cases = new ArrayList<>();
        for (SyntaxNode one : root.all("assignment").toList()) {
            Optional<SyntaxNode> right = one.child("right");
            if (one.text("left").equals(name)
                    && right.isPresent()
                    && one.above("function_definition").isEmpty()) {
                cases.add(new Value.Case<>("line " + one.line(), value(right.get(), assigned, 0)));
            }
        }
        return cases.isEmpty()
                ? Optional.empty()
                : Optional.of(new Value.OneOf<>(cases, cases.getFirst().value().origin()));
    }

    private static Value<String> value(SyntaxNode node, Map<String, SyntaxNode> assigned, int hops) {
        String text = node.text().strip();
        if (node.is("integer", "true", "false")) {
            return Value.known(text, node.origin());
        }
        if (node.is("string")) {
            return Value.known(text.replaceAll("^[a-z]*['\"]{1,3}|['\"]{1,3}$", ""), node.origin());
        }
        SyntaxNode named = node.is("identifier") ? assigned.get(text) : null;
        if (named != null && hops < MOST_HOPS) {
            return value(named, assigned, hops + 1);
        }
        if (text.contains("cpu_count")) {
            return Values.unknown(
                    "depends on the number of processors: " + text, "the processors of an instance", node.origin());
        }
        if (node.is("call") && node.text("function").matches("int|str|float|bool")) {
            Optional<SyntaxNode> argument = node.child("arguments")
                    .flatMap(all -> all.children().stream().findFirst());
            if (argument.isPresent() && hops < MOST_HOPS) {
                return value(argument.get(), assigned, hops + 1);
            }
        }
        Matcher environment = ENVIRONMENT.matcher(text);
        if (environment.matches()) {
            String standard =
                    environment.group(2) == null ? "" : environment.group(2).replaceAll("['\"]", "");
            String why = "environment variable " + environment.group(1) + " is not known here";
            Step step = new Step(DEFAULT_OF + environment.group(1), node.origin());
            return standard.matches("\\d+|[a-zA-Z._]+")
                    ? Value.known(standard, node.origin(), List.of(step))
                    : Values.unknown(why, THE_VALUE_OF + environment.group(1), node.origin());
        }
        return Values.unknown(
                "computed: " + (text.length() > 80 ? text.substring(0, 80) + "…" : text),
                "a plain value",
                node.origin());
    }

    /** The environment variable that a setting of a Python file comes from. */
    static Optional<String> variable(Value<String> setting) {
        if (setting instanceof Value.Unknown<String> unknown
                && unknown.settledBy().startsWith(THE_VALUE_OF)) {
            return Optional.of(unknown.settledBy().substring(THE_VALUE_OF.length()));
        }
        return setting.trail().stream()
                .map(Step::what)
                .filter(what -> what.startsWith(DEFAULT_OF))
                .map(what -> what.substring(DEFAULT_OF.length()))
                .findFirst();
    }

    private static ServerConfig uwsgi(String text, SourceFile file) {
        Map<String, Value<String>> settings = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().limit(5_000).toList()) {
            number++;
            Matcher setting = INI.matcher(line);
            if (setting.matches()) {
                settings.put(setting.group(1), Value.known(setting.group(2), new Origin(file.name(), number, 1)));
            }
        }
        return new ServerConfig("uwsgi", settings, new Origin(file.name(), 1, 1));
    }

    private static Optional<ServerConfig> pm2(String text, SourceFile file) {
        Matcher instances = PM2_INSTANCES.matcher(text);
        if (!instances.find()) {
            return Optional.empty();
        }
        int line = (int) text.substring(0, instances.start())
                        .chars()
                        .filter(one -> one == '\n')
                        .count()
                + 1;
        Origin origin = new Origin(file.name(), line, 1);
        return Optional.of(
                new ServerConfig("pm2", Map.of("instances", Value.known(instances.group(1), origin)), origin));
    }
}
