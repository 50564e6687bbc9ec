package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that a module, a class body or a function binds. Immutable once its module is built; safe to share. */
public final class PythonScope {

    private final SyntaxNode node;
    private final Optional<PythonScope> outer;
    private final Map<String, List<PythonDefinition>> names = new LinkedHashMap<>();

    private final Map<String, List<SyntaxNode>> touched = new HashMap<>();

    PythonScope(SyntaxNode node, Optional<PythonScope> outer) {
        this.node = node;
        this.outer = outer;
    }

    /** Notes that something is changed here without being bound: {@code d} by {@code d["k"] = 5}, {@code self.x} by {@code self.x = 5}. */
    void touch(String what, SyntaxNode where) {
        touched.computeIfAbsent(what, key -> new ArrayList<>(1)).add(where);
    }

    /** Where something is changed: the left side of an assignment, or a call. */
    List<SyntaxNode> touched(String what) {
        return touched.getOrDefault(what, List.of());
    }

    void add(String name, PythonDefinition definition) {
        names.computeIfAbsent(name, key -> new ArrayList<>(1)).add(definition);
    }

    /** The module, the {@code class_definition} or the {@code function_definition}. */
    public SyntaxNode node() {
        return node;
    }

    public Optional<PythonScope> outer() {
        return outer;
    }

    public boolean isClass() {
        return node.is("class_definition");
    }

    public boolean isModule() {
        return outer.isEmpty();
    }

    /** Every name bound here, in order of first appearance. */
    public Set<String> names() {
        return names.keySet();
    }

    /** What a name is bound to in this scope alone, in the order of the text. */
    public List<PythonDefinition> named(String name) {
        return names.getOrDefault(name, List.of());
    }

    /** The scope, from this one outwards, that binds a name; class bodies are not seen from functions inside them. */
    public Optional<PythonScope> binding(String name) {
        PythonScope scope = this;
        boolean first = true;
        while (true) {
            if ((first || !scope.isClass()) && scope.names.containsKey(name)) {
                return Optional.of(scope);
            }
            first = false;
            if (scope.outer.isEmpty()) {
                return Optional.empty();
            }
            scope = scope.outer.get();
        }
    }
}
