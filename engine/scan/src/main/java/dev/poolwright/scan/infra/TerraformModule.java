package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.fleet.Value.Case;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigNode.Scalar;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one folder of Terraform together: resources, variables with their defaults, locals, and the {@code .tfvars} of
 * each environment. Immutable.
 */
final class TerraformModule {

    private static final Pattern REFERENCE = Pattern.compile("(var|local)\\.(\\w+)((?:\\.\\w+)*)");
    private static final Pattern TEMPLATE = Pattern.compile("\\$\\{\\s*((?:var|local)\\.\\w+(?:\\.\\w+)*)\\s*}");
    private static final int MOST_FILES = 200;
    private static final int MOST_HOPS = 6;

    private final List<ConfigNode> files = new ArrayList<>();
    private final Map<String, ConfigNode> environments = new LinkedHashMap<>();

    /**
     * One thing that a node can be.
     *
     * @param condition empty where there is no choice
     */
    record Alternative(String condition, ConfigNode node, List<Step> trail) {}

    private TerraformModule() {}

    static TerraformModule of(String folder, Project project) {
        TerraformModule module = new TerraformModule();
        String prefix = folder.isEmpty() ? "" : folder + "/";
        int read = 0;
        for (SourceFile file : TreeIndex.of(project).terraform()) {
            String rest = file.name().startsWith(prefix) ? file.name().substring(prefix.length()) : "/";
            if (rest.endsWith(".tf") && !rest.contains("/") && read++ < MOST_FILES) {
                module.files.addAll(project.config(file));
            } else if (rest.matches("((environments?|envs?|tfvars|vars|config)/)?([\\w-]+/)?[\\w.-]+\\.tfvars")
                    && read++ < MOST_FILES) {
                project.config(file).forEach(one -> module.environments.put(file.name(), one));
            }
        }
        return module;
    }

    /** The blocks of a resource type in one file, by label. */
    static Map<String, List<ConfigNode>> resources(ConfigNode file, String type) {
        Map<String, List<ConfigNode>> found = new LinkedHashMap<>();
        file.entries("resource", type).forEach((label, node) -> found.put(label, several(node)));
        return found;
    }

    /** A block, or all of them where it is written several times. */
    static List<ConfigNode> several(ConfigNode node) {
        return node instanceof ConfigNode.Items items ? items.items() : List.of(node);
    }

    static List<ConfigNode> blocks(ConfigNode node, String... path) {
        return node.at(path).map(TerraformModule::several).orElse(List.of());
    }

    /** The block of a resource that an expression names: {@code aws_db_parameter_group.main.name}. */
    Optional<ConfigNode> named(String type, String expression) {
        Matcher name = Pattern.compile(Pattern.quote(type) + "\\.(\\w+)").matcher(expression);
        if (!name.find()) {
            return Optional.empty();
        }
        for (ConfigNode file : files) {
            List<ConfigNode> found = resources(file, type).getOrDefault(name.group(1), List.of());
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
        }
        return Optional.empty();
    }

    /** The first resource of a type whose attribute mentions a text. */
    Optional<ConfigNode> mentioning(String type, String attribute, String text) {
        for (ConfigNode file : files) {
            for (List<ConfigNode> blocks : resources(file, type).values()) {
                for (ConfigNode block : blocks) {
                    if (block.text(attribute).contains(text)) {
                        return Optional.of(block);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What a node can be, by the variables that each environment sets. */
    List<Alternative> alternatives(ConfigNode node) {
        return alternatives(node, List.of(), 0);
    }

    private List<Alternative> alternatives(ConfigNode node, List<Step> trail, int hops) {
        Matcher reference = node instanceof Scalar scalar && !scalar.quoted()
                ? REFERENCE.matcher(scalar.text().strip())
                : REFERENCE.matcher("");
        if (!reference.matches() || hops > MOST_HOPS) {
            return List.of(new Alternative("", node, trail));
        }
        String name = reference.group(2);
        List<Step> longer = new ArrayList<>(trail);
        longer.add(new Step(reference.group(1) + "." + name, node.origin()));
        String[] path = reference.group(3).isEmpty()
                ? new String[0]
                : reference.group(3).substring(1).split("\\.", -1);
        List<Alternative> found = new ArrayList<>();
        if (reference.group(1).equals("local")) {
            for (ConfigNode file : files) {
                for (ConfigNode locals : blocks(file, "locals")) {
                    locals.at(name)
                            .flatMap(one -> one.at(path))
                            .ifPresent(one -> found.addAll(alternatives(one, longer, hops + 1)));
                }
            }
        } else {
            environments.forEach((file, variables) -> variables
                    .at(name)
                    .flatMap(one -> one.at(path))
                    .ifPresent(one -> found.add(new Alternative("with " + Paths.last(file), one, longer))));
            if (found.isEmpty()) {
                files.forEach(file -> file.at("variable", name, "default")
                        .flatMap(one -> one.at(path))
                        .ifPresent(one -> found.add(new Alternative("", one, longer))));
            }
        }
        return found.isEmpty() ? List.of(new Alternative("", node, trail)) : found;
    }

    Value<String> value(ConfigNode node) {
        List<Case<String>> cases = new ArrayList<>();
        for (Alternative one : alternatives(node)) {
            cases.add(new Case<>(one.condition(), text(one)));
        }
        return either(cases, node.origin());
    }

    static <T> Value<T> either(List<Case<T>> cases, Origin origin) {
        boolean same =
                cases.stream().map(one -> one.value().possible()).distinct().count() == 1;
        return same ? cases.getFirst().value() : new Value.OneOf<>(cases, origin);
    }

    private Value<String> text(Alternative one) {
        if (!(one.node() instanceof Scalar scalar)) {
            return Values.unknown(
                    "not a single value", "a single value", one.node().origin());
        }
        String text = scalar.text();
        boolean plain = scalar.quoted() || text.matches("-?\\d+(\\.\\d+)?|true|false");
        if (!plain) {
            return Values.unknown(
                    "computed: " + (text.length() > 80 ? text.substring(0, 80) + "…" : text),
                    "terraform plan",
                    scalar.origin());
        }
        Matcher template = TEMPLATE.matcher(text);
        String resolved = template.replaceAll(
                found -> Matcher.quoteReplacement(value(new Scalar(found.group(1), false, scalar.origin()))
                        .single()
                        .orElse(found.group())));
        return resolved.contains("${")
                ? Values.unknown("computed: " + resolved, "terraform plan", scalar.origin())
                : Value.known(resolved, scalar.origin(), one.trail());
    }

    Value<String> value(ConfigNode block, String... path) {
        return block.at(path)
                .map(this::value)
                .orElseGet(() -> Value.unknown("not written", String.join(".", path) + " of the resource"));
    }

    /** The text where it is known, else as it is written, without what is not known; else the fallback. */
    String name(ConfigNode block, String fallback, String... path) {
        Value<String> value = value(block, path);
        return value.possible().stream()
                .findFirst()
                .filter(text -> !text.isBlank())
                .orElse(fallback);
    }
}
