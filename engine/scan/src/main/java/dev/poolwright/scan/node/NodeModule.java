package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One file of JavaScript or TypeScript: its names and what it exports. Immutable once made; safe to share. */
final class NodeModule {

    /** What a module exports under a name: an expression of its own, or another module's name. */
    sealed interface Export {
        /** Its own expression or declaration. */
        record Own(SyntaxNode node) implements Export {}

        /** Passed on from another module. */
        record From(String source, String name) implements Export {}
    }

    private final NodeIndex index;
    private final SourceFile file;
    private final SyntaxNode root;
    private final Bindings bindings;
    private final Map<String, Export> exports = new HashMap<>();
    private final List<String> stars = new ArrayList<>();

    NodeModule(NodeIndex index, SourceFile file, SyntaxNode root) {
        this.index = index;
        this.file = file;
        this.root = root;
        this.bindings = Bindings.of(root);
        for (SyntaxNode child : root.children()) {
            if (child.is("export_statement")) {
                statement(child);
            } else if (child.is("expression_statement")) {
                child.first("assignment_expression").ifPresent(this::assignment);
            }
        }
    }

    /** The modules of the tree that it is one of. */
    NodeIndex index() {
        return index;
    }

    SourceFile file() {
        return file;
    }

    SyntaxNode root() {
        return root;
    }

    Bindings bindings() {
        return bindings;
    }

    Optional<Export> export(String name) {
        return Optional.ofNullable(exports.get(name));
    }

    /** Modules all of whose names it passes on. */
    List<String> stars() {
        return stars;
    }

    /** Under which name it exports something declared by this name at its top; empty where it does not. */
    Optional<String> exportedAs(String local) {
        return exports.entrySet().stream()
                .filter(one -> one.getValue() instanceof Export.Own own
                        && (own.node().text().equals(local)
                                || own.node().text("name").equals(local)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void statement(SyntaxNode export) {
        Optional<String> source = export.child("source").map(Texts::string);
        Optional<SyntaxNode> clause = export.first("export_clause");
        if (clause.isPresent()) {
            clause.get().all("export_specifier").forEach(one -> {
                String local = one.text("name");
                String name = one.child("alias").map(SyntaxNode::text).orElse(local);
                exports.put(
                        name,
                        source.<Export>map(from -> new Export.From(from, local))
                                .orElseGet(
                                        () -> new Export.Own(one.child("name").orElse(one))));
            });
            return;
        }
        Optional<SyntaxNode> namespace = export.first("namespace_export");
        if (source.isPresent()) {
            if (namespace.isPresent()) {
                exports.put(
                        namespace
                                .get()
                                .first("identifier")
                                .map(SyntaxNode::text)
                                .orElse(""),
                        new Export.From(source.get(), "*"));
            } else {
                stars.add(source.get());
            }
            return;
        }
        export.child("value").ifPresent(value -> exports.put("default", new Export.Own(value)));
        export.child("declaration").ifPresent(declaration -> {
            if (isDefault(export, declaration)) {
                exports.put("default", new Export.Own(declaration));
            }
            declared(declaration);
        });
    }

    /** Between {@code export} and the declaration stands nothing but words. */
    private static boolean isDefault(SyntaxNode export, SyntaxNode declaration) {
        return export.source().slice(export.start(), declaration.start()).contains("default");
    }

    private void declared(SyntaxNode declaration) {
        boolean type = declaration.is("type_alias_declaration", "interface_declaration");
        declaration.child("name").ifPresent(name -> {
            Export own = new Export.Own(declaration);
            if (type) {
                exports.putIfAbsent(name.text(), own); // a value of the same name is what programs use
            } else {
                exports.put(name.text(), own);
            }
        });
        for (SyntaxNode one : declaration.children()) {
            if (one.is("variable_declarator")) {
                one.child("name")
                        .ifPresent(name -> name.all("identifier", "shorthand_property_identifier_pattern")
                                .forEach(leaf -> exports.put(leaf.text(), new Export.Own(leaf))));
            }
        }
    }

    /** {@code module.exports = x}, {@code exports.a = x}, {@code module.exports.a = x}. */
    private void assignment(SyntaxNode assignment) {
        Optional<SyntaxNode> right = assignment.child("right");
        if (right.isEmpty()) {
            return;
        }
        SyntaxNode value = right.get();
        if (value.is("assignment_expression")) {
            assignment(value); // exports = module.exports = x
        }
        String left = assignment.text("left");
        if (left.equals("module.exports")) {
            exports.put("=", new Export.Own(value));
        } else if (left.startsWith("module.exports.")) {
            exports.put(left.substring("module.exports.".length()), new Export.Own(value));
        } else if (left.startsWith("exports.")) {
            exports.put(left.substring("exports.".length()), new Export.Own(value));
        }
    }
}
