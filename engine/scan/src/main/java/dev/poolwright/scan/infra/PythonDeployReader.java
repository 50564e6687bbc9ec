package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
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
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Deploy scripts in Python that hold {@code gcloud run deploy} as a list. Where options come from attributes
 * ({@code service.max_instances}), each call that gives these attributes as keywords is a service of its own.
 */
final class PythonDeployReader implements Reader {

    private static final Pattern ATTRIBUTE = Pattern.compile("(?:str\\(|int\\()?\\s*\\w+\\.(\\w+)\\s*\\)?");
    private static final Pattern SUBSCRIPT =
            Pattern.compile("(?:str\\(|int\\()?\\s*\\w+(?:\\[|\\.get\\()[\"'](\\w+)[\"'].*");
    private static final Pattern RUN_DEPLOY = Pattern.compile("[\"']run[\"']\\s*,\\s*[\"']deploy[\"']");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]+");
    private static final List<String> FOLDERS =
            List.of("directory", "source", "source_dir", "path", "context", "folder");
    private static final String COMPUTED = "\uF5E2";

    @Override
    public Stage stage() {
        return Stage.MANIFESTS;
    }

    @Override
    public Interest interest() {
        return Interest.in(Language.PYTHON, "--max-instances", "--min-instances");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        String text = project.text(file).map(SourceText::text).orElse("");
        if (!RUN_DEPLOY.matcher(text).find()) {
            return;
        }
        Optional<SyntaxNode> root = project.syntax(file);
        if (root.isEmpty()) {
            return;
        }
        for (SyntaxNode list : root.get().all("list").toList()) {
            List<SyntaxNode> items = list.children();
            List<String> words = new ArrayList<>();
            items.forEach(item -> words.add(word(item)));
            if (CloudRunCommand.is(words)) {
                deploy(list, items, words, root.get(), file, project, facts);
            }
        }
    }

    private static String word(SyntaxNode node) {
        return literal(node).orElse(COMPUTED);
    }

    private static Optional<String> literal(SyntaxNode node) {
        String text = node.text();
        if (node.is("integer", "float")) {
            return Optional.of(text);
        }
        boolean plain = node.is("string") && !text.startsWith("f") && !text.startsWith("F");
        return plain ? Optional.of(text.replaceAll("^[a-zA-Z]*[\"']{1,3}|[\"']{1,3}$", "")) : Optional.empty();
    }

    private static void deploy(
            SyntaxNode list,
            List<SyntaxNode> items,
            List<String> words,
            SyntaxNode root,
            SourceFile file,
            Project project,
            Consumer<Fact> facts) {
        Map<Integer, String> attributes = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            attribute(items.get(i)).ifPresent(put(attributes, i));
        }
        Optional<String> most =
                after(words, attributes, "--max-instances").or(() -> after(words, attributes, "--min-instances"));
        if (most.isEmpty()) {
            emit(words, "", Map.of(), list.origin(), file, facts);
            return;
        }
        Map<String, SyntaxNode> defaults = defaults(root);
        for (Map<String, SyntaxNode> given : services(root, most.get())) {
            Map<String, SyntaxNode> all = new HashMap<>(defaults);
            all.putAll(given);
            List<String> own = new ArrayList<>(words);
            Map<String, Value<String>> known = new HashMap<>();
            attributes.forEach((at, name) -> {
                SyntaxNode value = all.get(name);
                if (value != null) {
                    own.set(at, "${" + name + "}");
                    known.put(
                            name,
                            literal(value)
                                    .<Value<String>>map(text -> Value.known(text, value.origin()))
                                    .orElseGet(() -> Values.unknown("computed", "a plain value", value.origin())));
                }
            });
            SyntaxNode first = given.values().iterator().next();
            emit(own, source(given, project), known, first.origin(), file, facts, variables(given));
        }
    }

    private static Consumer<String> put(Map<Integer, String> attributes, int at) {
        return name -> attributes.put(at, name);
    }

    private static Optional<String> attribute(SyntaxNode node) {
        Matcher attribute = ATTRIBUTE.matcher(node.text());
        Matcher subscript = SUBSCRIPT.matcher(node.text());
        if (attribute.matches()) {
            return Optional.of(attribute.group(1));
        }
        return subscript.matches() ? Optional.of(subscript.group(1)) : Optional.empty();
    }

    private static Optional<String> after(List<String> words, Map<Integer, String> attributes, String option) {
        int at = words.indexOf(option);
        return at < 0 ? Optional.empty() : Optional.ofNullable(attributes.get(at + 1));
    }

    /** Calls with the keyword, and dictionaries with the key: one service each. */
    private static List<Map<String, SyntaxNode>> services(SyntaxNode root, String keyword) {
        List<Map<String, SyntaxNode>> found = new ArrayList<>();
        Stream.concat(root.all("argument_list"), root.all("dictionary")).forEach(node -> {
            Map<String, SyntaxNode> given = new LinkedHashMap<>();
            for (SyntaxNode child : node.children()) {
                Optional<SyntaxNode> value = child.child("value");
                String name = child.is("keyword_argument")
                        ? child.text("name")
                        : child.child("key")
                                .flatMap(PythonDeployReader::literal)
                                .orElse("");
                if (value.isPresent() && !name.isEmpty()) {
                    given.put(name, value.get());
                }
            }
            if (given.containsKey(keyword)) {
                found.add(given);
            }
        });
        return found;
    }

    /** Defaults of attributes: annotated assignments in the body of a class. */
    private static Map<String, SyntaxNode> defaults(SyntaxNode root) {
        Map<String, SyntaxNode> defaults = new HashMap<>();
        root.all("class_definition").flatMap(one -> one.all("assignment")).forEach(assignment -> {
            boolean annotated = assignment.child("type").isPresent();
            assignment
                    .child("right")
                    .filter(right -> annotated)
                    .ifPresent(right -> defaults.putIfAbsent(assignment.text("left"), right));
        });
        return defaults;
    }

    private static String source(Map<String, SyntaxNode> given, Project project) {
        for (String name : FOLDERS) {
            SyntaxNode node = given.get(name);
            Optional<String> folder = node == null ? Optional.empty() : literal(node);
            Optional<String> there = folder.flatMap(one -> Paths.in("", one))
                    .filter(one -> !one.isEmpty() && TreeIndex.of(project).isFolder(one));
            if (there.isPresent()) {
                return there.get();
            }
        }
        return "";
    }

    private static Map<String, Value<String>> variables(Map<String, SyntaxNode> given) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        for (SyntaxNode value : given.values()) {
            for (SyntaxNode pair : value.is("dictionary") ? value.children() : List.<SyntaxNode>of()) {
                String name =
                        pair.child("key").flatMap(PythonDeployReader::literal).orElse("");
                if (VARIABLE.matcher(name).matches()) {
                    Optional<SyntaxNode> node = pair.child("value");
                    Value<String> text = node.flatMap(PythonDeployReader::literal)
                            .<Value<String>>map(
                                    one -> Value.known(one, node.get().origin()))
                            .orElseGet(() -> Values.unknown("computed", "a plain value", pair.origin()));
                    variables.put(name, Values.masked(name, text));
                }
            }
        }
        return variables;
    }

    private static void emit(
            List<String> words,
            String source,
            Map<String, Value<String>> known,
            Origin origin,
            SourceFile file,
            Consumer<Fact> facts) {
        emit(words, source, known, origin, file, facts, Map.of());
    }

    private static void emit(
            List<String> words,
            String source,
            Map<String, Value<String>> known,
            Origin origin,
            SourceFile file,
            Consumer<Fact> facts,
            Map<String, Value<String>> set) {
        List<String> run = words.subList(words.indexOf("run"), words.size());
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            boolean computed = run.get(i).equals(COMPUTED);
            plain.add(computed ? "${COMPUTED}" : run.get(i));
        }
        CloudRunCommand.settings(plain, Environments.of(file.name()), known, origin)
                .ifPresent(one -> {
                    Map<String, Value<String>> variables = new LinkedHashMap<>(one.variables());
                    variables.putAll(set);
                    new CloudRunSettings(
                                    one.name(),
                                    one.environment(),
                                    source,
                                    one.image(),
                                    one.least(),
                                    one.most(),
                                    one.concurrency(),
                                    one.timeout(),
                                    variables,
                                    one.connector(),
                                    one.egress())
                            .emit("cloud-run", Manifest.placeOf(file), origin, facts);
                });
    }
}
