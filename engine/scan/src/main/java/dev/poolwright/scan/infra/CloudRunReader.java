package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigNode.Scalar;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Deploys to Cloud Run that are written as commands: in shell scripts, Makefiles, CI files and Cloud Build; the GitHub action
 * {@code deploy-cloudrun}; and {@code app.yaml} of App Engine.
 */
final class CloudRunReader implements Reader {

    private static final Pattern CI_VARIABLE =
            Pattern.compile("\\$\\{\\{\\s*(?:env|vars|inputs|needs|steps|secrets)\\.(?:[\\w.-]+\\.)?(\\w+)\\s*}}");
    private static final int MOST_NODES = 50_000;

    @Override
    public Stage stage() {
        return Stage.MANIFESTS;
    }

    @Override
    public Interest interest() {
        return new Interest(
                EnumSet.of(Language.SHELL, Language.YAML, Language.OTHER),
                file -> file.size() < 512 << 10
                        && (file.language() != Language.OTHER
                                || file.fileName().matches("(?i)(gnu)?makefile|justfile|.*\\.(mk|ps1)")),
                List.of(
                        "run deploy",
                        "services update",
                        "--max-instances",
                        "--min-instances",
                        "--set-env-vars",
                        "--update-env-vars",
                        "deploy-cloudrun",
                        "automatic_scaling:",
                        "env_variables:"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        String text = project.text(file).map(SourceText::text).orElse("");
        Map<String, Value<String>> variables = file.language() == Language.SHELL ? assigned(text, file) : Map.of();
        for (CloudRunCommand.Found found : CloudRunCommand.in(known(text))) {
            emit(found.words(), variables, new Origin(file.name(), found.line() + 1, 1), file, facts);
        }
        if (file.language() == Language.YAML) {
            for (ConfigNode document : project.config(file)) {
                walk(document, file, facts);
            }
        }
    }

    /** The text of a CI file with <code>${{ env.NAME }}</code> put in where the file itself says {@code NAME: value}. */
    private static String known(String text) {
        return CI_VARIABLE.matcher(text).replaceAll(found -> {
            Matcher value = Pattern.compile("(?m)^\\s*" + found.group(1) + ":[ \\t]*[\"']?([^\\s\"'#{}$]+)")
                    .matcher(text);
            return Matcher.quoteReplacement(value.find() ? value.group(1) : "${" + found.group(1) + "}");
        });
    }

    private static Map<String, Value<String>> assigned(String text, SourceFile file) {
        Map<String, Value<String>> variables = new HashMap<>();
        Origin origin = new Origin(file.name(), 1, 1);
        for (List<String> words : ShellWords.commands(text)) {
            List<String> rest =
                    words.getFirst().matches("export|local|readonly") ? words.subList(1, words.size()) : words;
            rest.forEach(word -> StartCommand.assign(word, variables, origin));
        }
        return variables;
    }

    private static void emit(
            List<String> words,
            Map<String, Value<String>> variables,
            Origin origin,
            SourceFile file,
            Consumer<Fact> facts) {
        CloudRunCommand.settings(words, Environments.of(file.name()), variables, origin)
                .ifPresent(settings -> settings.emit("cloud-run", Manifest.placeOf(file), origin, facts));
    }

    private static void walk(ConfigNode document, SourceFile file, Consumer<Fact> facts) {
        if (file.fileName().matches("app[\\w.-]*\\.ya?ml")
                && document.at("runtime").isPresent()) {
            appEngine(document, file, facts);
        }
        Map<String, Value<String>> substitutions = new HashMap<>();
        document.entries("substitutions").forEach((name, value) -> substitutions.put(name, Manifest.plain(value)));
        Deque<ConfigNode> next = new ArrayDeque<>(List.of(document));
        for (int seen = 0; !next.isEmpty() && seen < MOST_NODES; seen++) {
            switch (next.pop()) {
                case ConfigNode.Items items -> {
                    List<String> words = new ArrayList<>();
                    items.items().forEach(item -> words.add(item instanceof Scalar scalar ? scalar.text() : "?"));
                    if (CloudRunCommand.is(words)) {
                        emit(
                                words.subList(words.indexOf("run"), words.size()),
                                substitutions,
                                items.origin(),
                                file,
                                facts);
                    }
                    items.items().forEach(next::push);
                }
                case ConfigNode.Entries entries -> {
                    if (entries.text("uses").startsWith("google-github-actions/deploy-cloudrun")) {
                        action(entries, file, facts);
                    }
                    entries.entries().values().forEach(next::push);
                }
                case Scalar scalar -> {}
            }
        }
    }

    /** The action's inputs, put as the command that it runs. */
    private static void action(ConfigNode step, SourceFile file, Consumer<Fact> facts) {
        String service =
                step.text("with", "service").replaceAll("\\$\\{\\{[^}]*}}", "").strip();
        List<String> words = new ArrayList<>(List.of("run", "deploy", service.isEmpty() ? "service" : service));
        words.addAll(ShellWords.words(step.text("with", "flags")));
        String image = step.text("with", "image");
        if (!image.isEmpty()) {
            words.add("--image=" + image);
        }
        for (String line : step.text("with", "env_vars").lines().toList()) {
            words.add("--set-env-vars=" + line.strip());
        }
        emit(words, Map.of(), step.origin(), file, facts);
    }

    private static void appEngine(ConfigNode root, SourceFile file, Consumer<Fact> facts) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        root.entries("env_variables")
                .forEach((name, value) -> variables.put(name, Values.masked(name, Manifest.plain(value))));
        String[] most = root.at("manual_scaling").isPresent()
                ? new String[] {"manual_scaling", "instances"}
                : new String[] {
                    "automatic_scaling",
                    root.at("automatic_scaling", "max_num_instances").isPresent()
                            ? "max_num_instances"
                            : "max_instances"
                };
        Value<Integer> highest = root.at(most)
                .map(node -> Values.integer(Manifest.plain(node)))
                .orElseGet(() -> Values.unknown("App Engine bounds it by quota", "max_instances", root.origin()));
        Value<Integer> lowest = root.at("automatic_scaling", "min_instances")
                .or(() -> root.at("automatic_scaling", "min_num_instances"))
                .map(node -> Values.integer(Manifest.plain(node)))
                .orElseGet(() -> new Value.Default<>(0, "app-engine", ""));
        String name = root.text("service").isEmpty() ? "default" : root.text("service");
        List<String> command = ShellWords.words(root.text("entrypoint"));
        facts.accept(new Deployment(
                name,
                "app-engine",
                Environments.of(file.name()),
                Paths.program(file.folder()),
                "",
                new Instances(lowest, highest, KnativeService.revisions(highest), Rollout.ROLLING, "load"),
                variables,
                Secrets.masked(command),
                Values.noTimeout(),
                Manifest.placeOf(file),
                root.origin()));
        WorkerCommand.of(
                        name,
                        StartCommand.of(
                                command,
                                variables,
                                root.at("entrypoint").orElse(root).origin()),
                        Manifest.placeOf(file),
                        one -> java.util.Optional.empty())
                .ifPresent(facts);
    }
}
