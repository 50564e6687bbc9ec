package dev.poolwright.scan.node;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an expression stands for, once names, members and imports are followed as far as the tree goes. */
sealed interface Meaning {

    /** A literal, object, function, class or call: where following ended, and how it got there. */
    record Code(NodeModule module, SyntaxNode node, List<Step> trail) implements Meaning {
        public Code {
            trail = List.copyOf(trail);
        }

        static Code of(NodeModule module, SyntaxNode node) {
            return new Code(module, node, List.of());
        }
    }

    /** Something of a package outside the tree: {@code pg} with the path {@code Pool}. */
    record Foreign(String source, List<String> path) implements Meaning {
        public Foreign {
            path = List.copyOf(path);
        }

        Foreign member(String name) {
            if (name.equals("default")) {
                return this;
            }
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            return new Foreign(source, longer);
        }

        /** Its last name; the package's own where there is none. */
        String last() {
            return path.isEmpty() ? source : path.get(path.size() - 1);
        }
    }

    /** A whole module of the tree. */
    record Whole(NodeModule module) implements Meaning {}

    /** {@code process.env}. */
    record Environment() implements Meaning {}

    /** An environment variable, and what the code takes where it is not set. */
    record Variable(String name, Optional<Code> fallback, Origin origin) implements Meaning {}

    /** Settings that a library reads from the environment by a schema that stands in the code. */
    record Schema(NodeModule module, SyntaxNode object) implements Meaning {}

    /** A parameter whose caller is not seen. */
    record Open(Binding.Parameter parameter, NodeModule module) implements Meaning {}

    /** It cannot be followed. */
    record Unclear(String why, Origin origin) implements Meaning {}
}
