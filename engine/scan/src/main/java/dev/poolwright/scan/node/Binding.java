package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** What a name is bound to where it is declared. */
sealed interface Binding {

    /**
     * {@code const a = value}, {@code const { path: a = fallback } = value}.
     *
     * @param path the keys that lead from the value to the name; empty where the name is the value itself
     */
    record Variable(SyntaxNode name, Optional<SyntaxNode> value, List<String> path, Optional<SyntaxNode> fallback)
            implements Binding {
        public Variable {
            path = List.copyOf(path);
        }
    }

    /** A function declaration. */
    record Callable(SyntaxNode function) implements Binding {}

    /** A class declaration. */
    record Type(SyntaxNode declaration) implements Binding {}

    /** A parameter of a function, or a part of one. */
    record Parameter(
            SyntaxNode function, int index, List<String> path, Optional<SyntaxNode> fallback, Optional<SyntaxNode> type)
            implements Binding {
        public Parameter {
            path = List.copyOf(path);
        }
    }

    /** An import; the name is {@code default}, {@code *} for the whole module, or what the module calls it. */
    record Imported(String source, String name) implements Binding {}
}
