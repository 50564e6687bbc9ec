package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that one file declares, each with the part of the text in which it holds. */
final class Bindings {

    private static final String[] SCOPES = {
        "statement_block",
        "program",
        "arrow_function",
        "function_declaration",
        "function_expression",
        "method_definition",
        "for_statement",
        "for_in_statement",
        "catch_clause",
        "class_static_block",
        "switch_body",
        "generator_function_declaration"
    };

    private record Declared(SyntaxNode scope, Binding binding) {}

    private final Map<String, List<Declared>> byName = new HashMap<>();
    private final Map<String, List<SyntaxNode>> assignments = new HashMap<>();

    private Bindings() {}

    static Bindings of(SyntaxNode root) {
        Bindings bindings = new Bindings();
        root.all().forEach(bindings::declare);
        return bindings;
    }

    /** What a name stands for at a place: the innermost declaration around it. */
    Optional<Binding> at(SyntaxNode use, String name) {
        Declared best = null;
        for (Declared one : byName.getOrDefault(name, List.of())) {
            if (one.scope().contains(use) && (best == null || best.scope().contains(one.scope()))) {
                best = one;
            }
        }
        return Optional.ofNullable(best).map(Declared::binding);
    }

    /** Right sides of what is assigned to a plain name after its declaration, in the order of the text. */
    List<SyntaxNode> assigned(String name) {
        return assignments.getOrDefault(name, List.of());
    }

    private void declare(SyntaxNode node) {
        switch (node.type()) {
            case "variable_declarator" -> variable(node);
            case "function_declaration", "generator_function_declaration" -> {
                node.child("name").ifPresent(name -> add(above(node), name.text(), new Binding.Callable(node)));
                parameters(node);
            }
            case "arrow_function", "function_expression", "method_definition" -> parameters(node);
            case "class_declaration", "abstract_class_declaration" ->
                node.child("name").ifPresent(name -> add(above(node), name.text(), new Binding.Type(node)));
            case "import_statement" -> imports(node);
            case "assignment_expression", "augmented_assignment_expression" ->
                node.child("left")
                        .filter(left -> left.is("identifier"))
                        .ifPresent(left -> node.child("right")
                                .ifPresent(right -> assignments
                                        .computeIfAbsent(left.text(), key -> new ArrayList<>())
                                        .add(right)));
            default -> {}
        }
    }

    private static SyntaxNode above(SyntaxNode node) {
        return node.above(SCOPES).orElse(node);
    }

    private void add(SyntaxNode scope, String name, Binding binding) {
        byName.computeIfAbsent(name, key -> new ArrayList<>(1)).add(new Declared(scope, binding));
    }

    private void variable(SyntaxNode declarator) {
        Optional<SyntaxNode> value = declarator.child("value");
        declarator
                .child("name")
                .ifPresent(name -> names(name, List.of(), Optional.empty(), (leaf, path, fallback) -> {
                    add(above(declarator), leaf.text(), new Binding.Variable(leaf, value, path, fallback));
                }));
    }

    private void parameters(SyntaxNode function) {
        Optional<SyntaxNode> single = function.child("parameter");
        if (single.isPresent()) {
            parameter(function, 0, single.get());
            return;
        }
        List<SyntaxNode> all =
                function.child("parameters").map(SyntaxNode::children).orElse(List.of());
        int index = 0;
        for (SyntaxNode one : all) {
            if (!one.is("comment", "decorator")) {
                parameter(function, index++, one);
            }
        }
    }

    private void parameter(SyntaxNode function, int index, SyntaxNode node) {
        SyntaxNode pattern = node;
        Optional<SyntaxNode> fallback = Optional.empty();
        Optional<SyntaxNode> type = Optional.empty();
        if (node.is("required_parameter", "optional_parameter")) {
            pattern = node.child("pattern").orElse(node);
            fallback = node.child("value");
            type = node.child("type");
        }
        Optional<SyntaxNode> declared = type;
        names(pattern, List.of(), fallback, (leaf, path, otherwise) -> {
            add(function, leaf.text(), new Binding.Parameter(function, index, path, otherwise, declared));
        });
    }

    private interface Leaf {
        void found(SyntaxNode name, List<String> path, Optional<SyntaxNode> fallback);
    }

    /** Takes {@code a}, {@code { a, b: c = 1, ...rest }} apart. Array patterns bind names to nothing that is known. */
    private static void names(SyntaxNode pattern, List<String> path, Optional<SyntaxNode> fallback, Leaf leaf) {
        switch (pattern.type()) {
            case "identifier", "shorthand_property_identifier_pattern" -> leaf.found(pattern, path, fallback);
            case "assignment_pattern" ->
                pattern.child("left").ifPresent(left -> names(left, path, pattern.child("right"), leaf));
            case "object_pattern" -> {
                for (SyntaxNode part : pattern.children()) {
                    if (part.is("shorthand_property_identifier_pattern")) {
                        leaf.found(part, plus(path, part.text()), Optional.empty());
                    } else if (part.is("object_assignment_pattern")) {
                        part.child("left")
                                .ifPresent(left -> leaf.found(left, plus(path, left.text()), part.child("right")));
                    } else if (part.is("pair_pattern")) {
                        part.child("value")
                                .ifPresent(value -> names(value, plus(path, Texts.key(part)), Optional.empty(), leaf));
                    }
                }
            }
            default -> {}
        }
    }

    private static List<String> plus(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private void imports(SyntaxNode statement) {
        String source = Texts.string(statement.child("source").orElse(statement));
        SyntaxNode scope = above(statement);
        statement.first("import_clause").ifPresent(clause -> {
            for (SyntaxNode part : clause.children()) {
                switch (part.type()) {
                    case "identifier" -> add(scope, part.text(), new Binding.Imported(source, "default"));
                    case "namespace_import" ->
                        part.first("identifier")
                                .ifPresent(name -> add(scope, name.text(), new Binding.Imported(source, "*")));
                    case "named_imports" ->
                        part.all("import_specifier").forEach(one -> {
                            String name = one.text("name");
                            String local =
                                    one.child("alias").map(SyntaxNode::text).orElse(name);
                            add(scope, local, new Binding.Imported(source, name));
                        });
                    default -> {}
                }
            }
        });
        // import x = require("y")
        statement
                .first("import_require_clause")
                .ifPresent(clause -> clause.first("identifier")
                        .ifPresent(name -> add(
                                scope,
                                name.text(),
                                new Binding.Imported(
                                        clause.child("source")
                                                .map(Texts::string)
                                                .orElse(""),
                                        "*"))));
    }
}
