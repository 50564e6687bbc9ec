package dev.poolwright.scan.python;

import dev.poolwright.scan.python.PythonDefinition.How;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what a module binds, in one walk over its tree. */
final class ModuleBuilder {

    private static final Set<String> CHANGING = Set.of("update", "setdefault", "pop");

    private final List<PythonImport> imports = new ArrayList<>();
    private final List<PythonFunction> functions = new ArrayList<>();
    private final List<PythonClass> classes = new ArrayList<>();
    private final Map<SyntaxNode, PythonScope> scopes = new HashMap<>();
    private final PythonScope top;

    /** Where the walk stands: the scope that takes names, the prefix of qualified names, the names that are global here. */
    private record Here(PythonScope scope, String prefix, Set<String> globals) {}

    private ModuleBuilder(SyntaxNode root) {
        top = new PythonScope(root, Optional.empty());
        scopes.put(root, top);
    }

    static PythonModule build(SourceFile file, SyntaxNode root) {
        ModuleBuilder builder = new ModuleBuilder(root);
        builder.below(root, new Here(builder.top, "", Set.of()));
        return new PythonModule(file, root, builder.imports, builder.functions, builder.classes, builder.scopes);
    }

    private void below(SyntaxNode node, Here here) {
        for (SyntaxNode child : node.children()) {
            visit(child, here);
        }
    }

    private void visit(SyntaxNode node, Here here) {
        switch (node.type()) {
            case "import_statement", "import_from_statement" -> importing(node, here);
            case "function_definition" -> function(node, here);
            case "class_definition" -> type(node, here);
            case "assignment" -> {
                assignment(node, here);
                below(node, here);
            }
            case "augmented_assignment" -> {
                node.child("left")
                        .ifPresent(left -> bind(left, node.child("right"), Optional.empty(), How.CHANGED, here));
                below(node, here);
            }
            case "named_expression" -> {
                node.child("name")
                        .ifPresent(name -> bind(name, node.child("value"), Optional.empty(), How.PLAIN, here));
                below(node, here);
            }
            case "call" -> {
                changed(node, here);
                below(node, here);
            }
            case "for_statement" -> {
                node.child("left").ifPresent(left -> bind(left, Optional.empty(), Optional.empty(), How.LOOP, here));
                below(node, here);
            }
            case "as_pattern_target" -> {
                How how = node.above("except_clause", "with_item", "case_clause")
                                .filter(up -> up.is("with_item"))
                                .isPresent()
                        ? How.WITH
                        : How.EXCEPT;
                Optional<SyntaxNode> value = how == How.WITH
                        ? node.parent().flatMap(up -> up.children().stream().findFirst())
                        : Optional.empty();
                for (SyntaxNode child : node.children()) {
                    bind(child, value, Optional.empty(), how, here);
                }
            }
            default -> below(node, here);
        }
    }

    private void assignment(SyntaxNode node, Here here) {
        Optional<SyntaxNode> left = node.child("left");
        if (left.isEmpty()) {
            return;
        }
        Optional<SyntaxNode> right = node.child("right");
        // a = b = 1: the value is the one at the far right
        for (int i = 0; i < 8 && right.isPresent() && right.get().is("assignment"); i++) {
            right = right.get().child("right");
        }
        bind(left.get(), right, node.child("type"), How.PLAIN, here);
    }

    /** Notes {@code d.update(…)} and its like, which change what a name stands for without binding it. */
    private static void changed(SyntaxNode call, Here here) {
        call.child("function")
                .filter(function -> function.is("attribute") && CHANGING.contains(function.text("attribute")))
                .flatMap(function -> function.child("object"))
                .ifPresent(object -> here.scope().touch(object.text(), call));
    }

    private void bind(
            SyntaxNode target, Optional<SyntaxNode> value, Optional<SyntaxNode> annotation, How how, Here here) {
        if (target.is("identifier")) {
            boolean global = here.globals().contains(target.text());
            PythonDefinition.Assignment made =
                    new PythonDefinition.Assignment(target, value, annotation, global ? How.GLOBAL : how);
            (global ? top : here.scope()).add(target.text(), made);
            return;
        }
        if (target.is("subscript")) {
            owners(target).forEach(owner -> here.scope().touch(owner.text(), target));
        } else if (target.is("attribute")) {
            here.scope().touch(target.text(), target);
        }
        if (target.is("pattern_list", "tuple_pattern", "tuple", "list_pattern", "list_splat_pattern")) {
            List<SyntaxNode> targets = target.children();
            boolean paired = value.isPresent()
                    && value.get().is("expression_list", "tuple")
                    && value.get().children().size() == targets.size();
            for (int i = 0; i < targets.size(); i++) {
                Optional<SyntaxNode> one =
                        paired ? Optional.of(value.get().children().get(i)) : value;
                bind(targets.get(i), one, Optional.empty(), paired || how != How.PLAIN ? how : How.UNPACKED, here);
            }
        }
    }

    /** Of {@code d["a"]["b"]} both {@code d["a"]} and {@code d}: setting the inner one changes them all. */
    private static List<SyntaxNode> owners(SyntaxNode target) {
        List<SyntaxNode> owners = new ArrayList<>();
        Optional<SyntaxNode> owner = target.child("value");
        for (int depth = 0; depth < 8 && owner.isPresent(); depth++) {
            owners.add(owner.get());
            owner = owner.get().is("subscript") ? owner.get().child("value") : Optional.empty();
        }
        return owners;
    }

    private void function(SyntaxNode node, Here here) {
        PythonFunction function =
                new PythonFunction(node, here.prefix() + node.text("name"), decorators(node), parameters(node));
        functions.add(function);
        here.scope().add(function.name(), new PythonDefinition.FunctionDefinition(function));
        PythonScope scope = new PythonScope(node, Optional.of(here.scope()));
        scopes.put(node, scope);
        function.parameters()
                .forEach(one -> scope.add(one.name(), new PythonDefinition.ParameterDefinition(function, one)));
        Set<String> globals = new HashSet<>();
        function.body().ifPresent(body -> {
            globals(body, globals);
            below(body, new Here(scope, function.qualifiedName() + ".", globals));
        });
    }

    /** The names that a function declares global, without those of functions inside it. */
    private static void globals(SyntaxNode node, Set<String> names) {
        for (SyntaxNode child : node.children()) {
            if (child.is("global_statement")) {
                child.children().forEach(name -> names.add(name.text()));
            } else if (!child.is("function_definition", "class_definition", "expression_statement")) {
                globals(child, names);
            }
        }
    }

    private void type(SyntaxNode node, Here here) {
        PythonScope scope = new PythonScope(node, Optional.of(here.scope()));
        scopes.put(node, scope);
        PythonClass type = new PythonClass(node, here.prefix() + node.text("name"), decorators(node), scope);
        classes.add(type);
        here.scope().add(type.name(), new PythonDefinition.ClassDefinition(type));
        node.child("body").ifPresent(body -> below(body, new Here(scope, type.qualifiedName() + ".", Set.of())));
    }

    private static List<SyntaxNode> decorators(SyntaxNode definition) {
        return definition.parent().filter(up -> up.is("decorated_definition")).stream()
                .flatMap(up -> up.children().stream())
                .filter(one -> one.is("decorator"))
                .flatMap(one -> one.children().stream().limit(1))
                .toList();
    }

    private static List<PythonParameter> parameters(SyntaxNode definition) {
        List<PythonParameter> parameters = new ArrayList<>();
        for (SyntaxNode one :
                definition.child("parameters").map(SyntaxNode::children).orElse(List.of())) {
            SyntaxNode name = switch (one.type()) {
                case "default_parameter", "typed_default_parameter" ->
                    one.child("name").orElse(one);
                case "typed_parameter" ->
                    one.children().isEmpty() ? one : one.children().get(0);
                default -> one;
            };
            PythonParameter.Kind kind = name.is("list_splat_pattern")
                    ? PythonParameter.Kind.REST
                    : name.is("dictionary_splat_pattern") ? PythonParameter.Kind.KEYWORDS : PythonParameter.Kind.ONE;
            SyntaxNode plain = name.is("list_splat_pattern", "dictionary_splat_pattern")
                    ? name.first("identifier").orElse(name)
                    : name;
            if (plain.is("identifier")) {
                parameters.add(new PythonParameter(plain.text(), kind, one.child("type"), one.child("value"), one));
            }
        }
        return parameters;
    }

    private void importing(SyntaxNode node, Here here) {
        boolean from = node.is("import_from_statement");
        String module = node.text("module_name");
        for (SyntaxNode child : node.children()) {
            if (child.is("wildcard_import")) {
                add(new PythonImport(module, "*", "", node), here);
            } else if (child.field().equals("name")) {
                String name = child.is("aliased_import") ? child.text("name") : child.text();
                String alias = child.is("aliased_import") ? child.text("alias") : "";
                if (from) {
                    add(new PythonImport(module, name, alias.isEmpty() ? name : alias, node), here);
                } else if (alias.isEmpty()) {
                    int dot = name.indexOf('.');
                    add(new PythonImport(name, "", dot < 0 ? name : name.substring(0, dot), node), here);
                } else {
                    add(new PythonImport(name, "", alias, node), here);
                }
            }
        }
    }

    private void add(PythonImport one, Here here) {
        imports.add(one);
        if (!one.star()) {
            boolean global = here.globals().contains(one.local());
            (global ? top : here.scope()).add(one.local(), new PythonDefinition.ImportDefinition(one));
        }
    }
}
