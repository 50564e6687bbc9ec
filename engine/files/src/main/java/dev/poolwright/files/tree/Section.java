package dev.poolwright.files.tree;

import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One map of a file while it is read. The keys that were asked for are the keys that are known; {@link #done()} complains
 * of every other one. Reading goes on after a problem with a stand-in, so that all problems are found. Single-threaded.
 */
public final class Section {

    /** May stand in every map: why a value is as it is. */
    private static final Set<String> REMARKS = Set.of("because", "reason");

    private final String name;
    private final Node.Entries entries;
    private final ProblemList problems;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String name, Node.Entries entries, ProblemList problems) {
        this.name = name;
        this.entries = entries;
        this.problems = problems;
    }

    /** The section of a node; an empty one, with a problem, where the node is no map. */
    public static Section of(String name, Node node, ProblemList problems) {
        if (node instanceof Node.Entries entries) {
            return new Section(name, entries, problems);
        }
        problems.add(new Problem(
                node instanceof Node.Text text && text.absent() ? "nothing is written" : "wrong type",
                name.isEmpty() ? "the file" : name,
                node.kind(),
                node.origin(),
                "a map",
                ""));
        return new Section(name, Node.Entries.empty(node.origin()), problems);
    }

    public String name() {
        return name;
    }

    public Origin origin() {
        return entries.origin();
    }

    public ProblemList problems() {
        return problems;
    }

    /** Whether the key is written; marks it as known. */
    public boolean has(String key) {
        known.add(key);
        return entries.entries().containsKey(key);
    }

    /** The raw value of a key; marks it as known. */
    public Optional<Node> node(String key) {
        known.add(key);
        return Optional.ofNullable(entries.entries().get(key)).map(Node.Entry::value);
    }

    /** All keys as written, none of them marked as known. */
    public Map<String, Node.Entry> written() {
        return entries.entries();
    }

    public boolean isSingle(String key) {
        return node(key).filter(Node.Text.class::isInstance).isPresent();
    }

    public <T> Optional<T> find(String key, Form<T> form) {
        return node(key).flatMap(node -> read(dotted(key), node, form, problems));
    }

    public <T> T get(String key, Form<T> form, T otherwise) {
        return find(key, form).orElse(otherwise);
    }

    /** The value of a key that must be there; {@code standIn} after a problem. */
    public <T> T need(String key, Form<T> form, T standIn) {
        if (!has(key)) {
            missing(key, form.allowed());
        }
        return get(key, form, standIn);
    }

    /** A value with its place, which may also be stated as not certain (see {@link Uncertain}). */
    public <T> Value<T> value(String key, Form<T> form, Value<T> otherwise) {
        return node(key)
                .map(node -> node instanceof Node.Entries
                        ? Uncertain.read(of(dotted(key), node, problems), form).orElse(otherwise)
                        : read(dotted(key), node, form, problems)
                                .map(value -> Value.known(value, node.origin()))
                                .orElse(otherwise))
                .orElse(otherwise);
    }

    public Origin originOf(String key) {
        Node.Entry entry = entries.entries().get(key);
        return entry == null ? origin() : entry.value().origin();
    }

    /** The map under a key; an empty one when it is not written. */
    public Section child(String key) {
        return node(key)
                .map(node -> of(dotted(key), node, problems))
                .orElseGet(() -> new Section(dotted(key), Node.Entries.empty(origin()), problems));
    }

    /** The maps under the names in the map under a key. */
    public Map<String, Section> children(String key) {
        Map<String, Section> children = new LinkedHashMap<>();
        child(key)
                .namedNodes()
                .forEach((child, node) -> children.put(child, of(dotted(key) + "." + child, node, problems)));
        return children;
    }

    /** The values of the map whose keys are names of the user's own. */
    public Map<String, Node> namedNodes() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        entries.entries().forEach((key, entry) -> {
            if (!REMARKS.contains(key)) {
                read(dotted(key), new Node.Text(key, false, entry.key()), Forms.NAME_OF_ITS_OWN, problems);
                nodes.put(key, entry.value());
            }
        });
        known.addAll(entries.entries().keySet());
        return nodes;
    }

    /** The values of the map whose keys are names of the user's own, all of one form. */
    public <T> Map<String, Value<T>> namedValues(Form<T> form) {
        Map<String, Value<T>> values = new LinkedHashMap<>();
        for (String key : namedNodes().keySet()) {
            values.put(key, value(key, form, Value.unknown("cannot be read", "a readable value")));
        }
        return values;
    }

    /** The items of a list; a single map counts as a list of one. */
    public List<Section> items(String key) {
        List<Section> items = new ArrayList<>();
        for (Node node : list(key)) {
            items.add(of(dotted(key) + "[" + items.size() + "]", node, problems));
        }
        return items;
    }

    /** The values of a list; a single value counts as a list of one. */
    public <T> List<T> words(String key, Form<T> form) {
        List<T> words = new ArrayList<>();
        for (Node node : list(key)) {
            read(dotted(key), node, form, problems).ifPresent(words::add);
        }
        return words;
    }

    private List<Node> list(String key) {
        return node(key)
                .map(node -> node instanceof Node.Items list ? list.items() : List.of(node))
                .orElse(List.of());
    }

    public void missing(String key, String allowed) {
        known.add(key);
        problems.add(new Problem("missing", dotted(key), "", origin(), allowed, "add " + key + ":"));
    }

    /** A problem of the value of a key. */
    public void wrong(String key, String what, String value, String allowed, String todo) {
        problems.add(new Problem(what, dotted(key), value, originOf(key), allowed, todo));
    }

    /** Complains of every key that was not asked for. */
    public void done() {
        for (Map.Entry<String, Node.Entry> entry : entries.entries().entrySet()) {
            String key = entry.getKey();
            if (REMARKS.contains(key)) {
                read(dotted(key), entry.getValue().value(), Forms.TEXT, problems);
            } else if (!known.contains(key)) {
                problems.add(new Problem(
                        "unknown key",
                        dotted(key),
                        "",
                        entry.getValue().key(),
                        known.isEmpty() ? "none here" : String.join(", ", known),
                        Nearest.hint(key, known)));
            }
        }
    }

    private String dotted(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }

    /** The value of a node in a form, or empty with a problem. */
    public static <T> Optional<T> read(String name, Node node, Form<T> form, ProblemList problems) {
        if (!(node instanceof Node.Text text)) {
            problems.add(new Problem("wrong type", name, node.kind(), node.origin(), form.allowed(), ""));
            return Optional.empty();
        }
        if (text.absent()) {
            problems.add(new Problem(
                    "nothing is written",
                    name,
                    text.text(),
                    node.origin(),
                    form.allowed(),
                    "write a value or remove the key"));
            return Optional.empty();
        }
        try {
            return Optional.of(form.read(text.text()));
        } catch (Unreadable e) {
            problems.add(new Problem(e.what(), name, text.text(), node.origin(), form.allowed(), e.todo()));
            return Optional.empty();
        }
    }
}
