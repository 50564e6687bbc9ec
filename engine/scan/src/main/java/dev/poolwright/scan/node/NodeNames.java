package dev.poolwright.scan.node;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows names, members and imports to what they stand for. Stateless but for the index; each walk is bounded by
 * {@link #DEEPEST}.
 */
final class NodeNames {

    private static final int DEEPEST = 24;
    private static final Set<String> GLOBALS = Set.of("globalThis", "global", "window", "self");

    /** What wraps an expression without changing it. */
    private static final Set<String> WRAPPERS = Set.of(
            "parenthesized_expression",
            "as_expression",
            "satisfies_expression",
            "non_null_expression",
            "type_assertion",
            "await_expression");

    private final NodeIndex index;
    private final EnvironmentSchemas schemas = new EnvironmentSchemas(this);

    NodeNames(NodeIndex index) {
        this.index = index;
    }

    NodeIndex index() {
        return index;
    }

    Meaning of(NodeModule module, SyntaxNode node) {
        return of(module, node, 0);
    }

    Meaning of(NodeModule module, SyntaxNode node, int depth) {
        if (depth > DEEPEST) {
            return new Meaning.Unclear("too many steps", node.origin());
        }
        if (WRAPPERS.contains(node.type())) {
            return unwrapped(node)
                    .map(inner -> of(module, inner, depth + 1))
                    .orElseGet(() -> new Meaning.Unclear("nothing within", node.origin()));
        }
        return switch (node.type()) {
            case "identifier", "shorthand_property_identifier", "type_identifier" -> name(module, node, depth);
            case "member_expression" -> {
                SyntaxNode object = node.child("object").orElse(node);
                String property = node.text("property");
                yield object.is("this")
                        ? ownField(module, node, property, depth)
                        : traced(member(of(module, object, depth + 1), property, depth + 1), node);
            }
            case "subscript_expression" -> subscript(module, node, depth);
            case "call_expression" -> call(module, node, depth);
            case "binary_expression" -> either(module, node, depth);
            default -> Meaning.Code.of(module, node);
        };
    }

    /** The expression within parentheses, a cast or an await; the node itself where there is nothing around it. */
    static SyntaxNode bare(SyntaxNode node) {
        SyntaxNode at = node;
        for (int i = 0; i < DEEPEST && WRAPPERS.contains(at.type()); i++) {
            Optional<SyntaxNode> inner = unwrapped(at);
            if (inner.isEmpty()) {
                return at;
            }
            at = inner.get();
        }
        return at;
    }

    private static Optional<SyntaxNode> unwrapped(SyntaxNode node) {
        return node.children().stream()
                .filter(child -> !child.is("comment", "type_arguments"))
                .findFirst();
    }

    private Meaning name(NodeModule module, SyntaxNode use, int depth) {
        String name = use.text();
        Optional<Binding> binding = module.bindings().at(use, name);
        if (binding.isEmpty()) {
            return name.equals("process") || GLOBALS.contains(name)
                    ? new Meaning.Foreign(name, List.of())
                    : new Meaning.Unclear(name + " is not declared here", use.origin());
        }
        return switch (binding.get()) {
            case Binding.Variable variable -> traced(variable(module, variable, use, depth), use);
            case Binding.Callable callable -> Meaning.Code.of(module, callable.function());
            case Binding.Type type -> Meaning.Code.of(module, type.declaration());
            case Binding.Imported imported -> traced(imported(module, imported.source(), imported.name(), depth), use);
            case Binding.Parameter parameter -> traced(parameter(module, parameter, depth), use);
        };
    }

    private Meaning variable(NodeModule module, Binding.Variable variable, SyntaxNode use, int depth) {
        String name = variable.name().text();
        Optional<SyntaxNode> value = variable.value()
                .filter(one -> !one.is("null", "undefined") && !one.text().equals("undefined"));
        if (value.isEmpty()) {
            List<SyntaxNode> assigned = module.bindings().assigned(name);
            if (assigned.size() != 1) {
                return new Meaning.Unclear(
                        name + (assigned.isEmpty() ? " has no value" : " is assigned in several places"), use.origin());
            }
            value = Optional.of(assigned.getFirst());
        }
        Meaning meaning = of(module, value.get(), depth + 1);
        for (String key : variable.path()) {
            meaning = member(meaning, key, depth + 1);
        }
        return orElse(meaning, module, variable.fallback());
    }

    /** A parameter's argument where exactly one call in the same file gives it; else its default. */
    private Meaning parameter(NodeModule module, Binding.Parameter parameter, int depth) {
        List<SyntaxNode> calls = calls(module, parameter.function());
        if (calls.size() == 1) {
            Optional<SyntaxNode> argument = Texts.argument(calls.getFirst(), parameter.index());
            if (argument.isPresent()) {
                Meaning meaning = of(module, argument.get(), depth + 1);
                for (String key : parameter.path()) {
                    meaning = member(meaning, key, depth + 1);
                }
                return orElse(meaning, module, parameter.fallback());
            }
        }
        return parameter
                .fallback()
                .map(fallback -> of(module, fallback, depth + 1))
                .orElseGet(() -> new Meaning.Open(parameter, module));
    }

    /** Calls in the same file of a function that is declared under a name. */
    static List<SyntaxNode> calls(NodeModule module, SyntaxNode function) {
        String name = functionName(function);
        if (name.isEmpty() || function.is("method_definition")) {
            return List.of();
        }
        return module.root()
                .all("call_expression")
                .filter(call -> call.text("function").equals(name) && !function.contains(call))
                .limit(8)
                .toList();
    }

    /** The name that a function is declared or kept under; empty where it has none. */
    static String functionName(SyntaxNode function) {
        String own = function.text("name");
        if (!own.isEmpty()) {
            return own;
        }
        return function.parent()
                .filter(parent -> parent.is("variable_declarator"))
                .map(parent -> parent.text("name"))
                .orElse("");
    }

    private Meaning orElse(Meaning meaning, NodeModule module, Optional<SyntaxNode> fallback) {
        if (fallback.isEmpty()) {
            return meaning;
        }
        Meaning.Code code = Meaning.Code.of(module, fallback.get());
        return switch (meaning) {
            case Meaning.Variable variable ->
                variable.fallback().isEmpty()
                        ? new Meaning.Variable(variable.name(), Optional.of(code), variable.origin())
                        : variable;
            case Meaning.Unclear unclear -> code;
            default -> meaning;
        };
    }

    private Meaning imported(NodeModule module, String source, String name, int depth) {
        Optional<NodeModule> target = index.imported(module, source);
        if (target.isEmpty()) {
            Meaning.Foreign whole = new Meaning.Foreign(source, List.of());
            Meaning meaning = name.equals("*") ? whole : whole.member(name);
            return isEnvironment(meaning) ? new Meaning.Environment() : meaning;
        }
        return name.equals("*") ? new Meaning.Whole(target.get()) : export(target.get(), name, depth + 1);
    }

    /** What a module of the tree exports under a name. */
    Meaning export(NodeModule module, String name, int depth) {
        if (depth > DEEPEST) {
            return new Meaning.Unclear("too many steps", module.root().origin());
        }
        Optional<NodeModule.Export> export = module.export(name);
        if (export.isPresent()) {
            return switch (export.get()) {
                case NodeModule.Export.Own own -> own(module, own.node(), depth);
                case NodeModule.Export.From from -> imported(module, from.source(), from.name(), depth + 1);
            };
        }
        Optional<NodeModule.Export> whole = module.export("=");
        if (whole.isPresent() && whole.get() instanceof NodeModule.Export.Own own) {
            Meaning meaning = of(module, own.node(), depth + 1);
            return name.equals("default") ? meaning : member(meaning, name, depth + 1);
        }
        for (String star : module.stars()) {
            Optional<NodeModule> passed = index.imported(module, star);
            if (passed.isPresent()) {
                Meaning meaning = export(passed.get(), name, depth + 4);
                if (!(meaning instanceof Meaning.Unclear)) {
                    return meaning;
                }
            }
        }
        return new Meaning.Unclear(
                name + " is not exported by " + module.file().name(),
                module.root().origin());
    }

    private Meaning own(NodeModule module, SyntaxNode node, int depth) {
        return node.is("shorthand_property_identifier_pattern")
                ? name(module, node, depth + 1)
                : of(module, node, depth + 1);
    }

    /** A part of something. */
    Meaning member(Meaning base, String name, int depth) {
        if (depth > DEEPEST) {
            return base instanceof Meaning.Unclear ? base : new Meaning.Unclear("too many steps", Origin.NONE);
        }
        return switch (base) {
            case Meaning.Foreign foreign -> {
                Meaning.Foreign longer = foreign.member(name);
                yield isEnvironment(longer) ? new Meaning.Environment() : longer;
            }
            case Meaning.Environment environment -> new Meaning.Variable(name, Optional.empty(), Origin.NONE);
            case Meaning.Whole whole -> export(whole.module(), name, depth + 1);
            case Meaning.Schema schema -> schemas.member(schema, name, depth + 1);
            case Meaning.Code code -> member(code, name, depth);
            case Meaning.Variable variable -> new Meaning.Unclear("a part of " + variable.name(), variable.origin());
            case Meaning.Open open -> open;
            case Meaning.Unclear unclear -> unclear;
        };
    }

    private Meaning member(Meaning.Code code, String name, int depth) {
        SyntaxNode node = code.node();
        Meaning found;
        if (node.is("object")) {
            Optional<NodeOptions.Option> option = new NodeOptions(this).option(code.module(), node, name, depth + 1);
            found = option.map(one -> of(one.module(), one.value(), depth + 1))
                    .orElseGet(() -> new Meaning.Unclear("no " + name + " in it", node.origin()));
        } else if (node.is("new_expression")) {
            SyntaxNode type = node.child("constructor").orElse(node);
            found = of(code.module(), type, depth + 1) instanceof Meaning.Code declared
                            && declared.node().is("class_declaration", "class", "abstract_class_declaration")
                    ? field(declared.module(), declared.node(), name, depth + 1)
                    : new Meaning.Unclear("a part of " + Texts.brief(node), node.origin());
        } else if (node.is("class_declaration", "class", "abstract_class_declaration")) {
            found = field(code.module(), node, name, depth + 1);
        } else if (node.is("arrow_function", "function_declaration", "function_expression")) {
            found = new Meaning.Unclear("a part of a function", node.origin());
        } else {
            found = new Meaning.Unclear("a part of " + Texts.brief(node), node.origin());
        }
        return with(found, code.trail());
    }

    private Meaning ownField(NodeModule module, SyntaxNode use, String name, int depth) {
        return use.above("class_declaration", "class", "abstract_class_declaration")
                .map(type -> traced(field(module, type, name, depth + 1), use))
                .orElseGet(() -> new Meaning.Unclear("this." + name, use.origin()));
    }

    /** A field of a class: its initial value, else the only thing that is ever assigned to it. */
    private Meaning field(NodeModule module, SyntaxNode type, String name, int depth) {
        for (SyntaxNode member : type.child("body").map(SyntaxNode::children).orElse(List.of())) {
            boolean named =
                    member.text("name").equals(name) || member.text("property").equals(name);
            if (named
                    && member.is("public_field_definition", "field_definition")
                    && member.child("value").isPresent()) {
                return of(module, member.child("value").get(), depth + 1);
            }
            if (named && member.is("method_definition")) {
                return Meaning.Code.of(module, member);
            }
        }
        List<SyntaxNode> assigned = type.all("assignment_expression")
                .filter(one -> one.text("left").equals("this." + name))
                .map(one -> one.child("right").orElse(one))
                .filter(one -> !one.is("null", "undefined"))
                .limit(2)
                .toList();
        if (assigned.isEmpty()) {
            Optional<Meaning> injected = injected(module, type, name, depth + 1);
            if (injected.isPresent()) {
                return injected.get();
            }
        }
        return assigned.size() == 1
                ? of(module, assigned.getFirst(), depth + 1)
                : new Meaning.Unclear(
                        "this." + name + (assigned.isEmpty() ? "" : " is assigned in several places"), type.origin());
    }

    /** A field that is a parameter of the constructor, as NestJS and Angular inject it: the class that its type names. */
    private Optional<Meaning> injected(NodeModule module, SyntaxNode type, String name, int depth) {
        return type.all("required_parameter", "optional_parameter")
                .filter(one -> one.first("accessibility_modifier").isPresent()
                        || one.source().slice(one.start(), one.end()).contains("readonly "))
                .filter(one -> one.text("pattern").equals(name))
                .findFirst()
                .flatMap(one -> one.child("type"))
                .flatMap(one -> one.all("type_identifier").findFirst())
                .map(one -> of(module, one, depth));
    }

    private Meaning subscript(NodeModule module, SyntaxNode node, int depth) {
        SyntaxNode object = node.child("object").orElse(node);
        Meaning base = of(module, object, depth + 1);
        Optional<SyntaxNode> key = node.child("index");
        Optional<String> literal = key.flatMap(Texts::literal);
        if (literal.isPresent()) {
            return traced(member(base, literal.get(), depth + 1), node);
        }
        // config[process.env.NODE_ENV || "development"]: what runs is what production says.
        Meaning production = member(base, "production", depth + 1);
        if (!(production instanceof Meaning.Unclear)
                && (base instanceof Meaning.Code || base instanceof Meaning.Whole)) {
            return with(production, List.of(new Step("entry production of " + Texts.brief(node), node.origin())));
        }
        return new Meaning.Unclear("the key " + Texts.brief(key.orElse(node)) + " is not known", node.origin());
    }

    private Meaning call(NodeModule module, SyntaxNode call, int depth) {
        SyntaxNode function = call.child("function").orElse(call);
        Optional<SyntaxNode> first = Texts.argument(call, 0);
        Optional<String> text = first.flatMap(Texts::literal);
        if ((function.text().equals("require") || function.is("import")) && text.isPresent()) {
            Optional<NodeModule> target = index.imported(module, text.get());
            return target.isPresent() ? new Meaning.Whole(target.get()) : new Meaning.Foreign(text.get(), List.of());
        }
        Optional<Meaning> schema = schemas.call(module, call, depth + 1);
        if (schema.isPresent()) {
            return schema.get();
        }
        if ((function.text().equals("Object.freeze")
                        || function.text().equals("defineConfig")
                        || function.text().equals("structuredClone"))
                && first.isPresent()) {
            return of(module, first.get(), depth + 1);
        }
        Meaning target = of(module, function, depth + 1);
        if (target instanceof Meaning.Code code) {
            Optional<SyntaxNode> returned = onlyReturn(code.node());
            if (returned.isPresent()) {
                return traced(of(code.module(), returned.get(), depth + 1), call);
            }
        }
        return Meaning.Code.of(module, call);
    }

    /** What a function returns where it returns in one place only. */
    static Optional<SyntaxNode> onlyReturn(SyntaxNode function) {
        Optional<SyntaxNode> body = function.child("body");
        if (body.isEmpty()
                || !function.is("arrow_function", "function_declaration", "function_expression", "method_definition")) {
            return Optional.empty();
        }
        if (!body.get().is("statement_block")) {
            return Optional.of(bare(body.get()));
        }
        List<SyntaxNode> returns = new ArrayList<>();
        body.get()
                .all("return_statement")
                .filter(one ->
                        one.above(Functions.TYPES).filter(function::equals).isPresent())
                .forEach(one -> one.children().stream()
                        .filter(child -> !child.is("comment"))
                        .findFirst()
                        .ifPresent(returns::add));
        return returns.size() == 1 ? Optional.of(returns.getFirst()) : Optional.empty();
    }

    /** {@code a || b}, {@code a ?? b}: an environment variable with its default; a package or its better half. */
    private Meaning either(NodeModule module, SyntaxNode node, int depth) {
        String operator = node.text("operator");
        if (operator.equals("||") || operator.equals("??")) {
            Meaning left = of(module, node.child("left").orElse(node), depth + 1);
            SyntaxNode right = node.child("right").orElse(node);
            if (left instanceof Meaning.Variable variable && variable.fallback().isEmpty()) {
                return new Meaning.Variable(
                        variable.name(), Optional.of(Meaning.Code.of(module, right)), node.origin());
            }
            if (left instanceof Meaning.Foreign && of(module, right, depth + 1) instanceof Meaning.Foreign foreign) {
                return foreign;
            }
        }
        return Meaning.Code.of(module, node);
    }

    private static boolean isEnvironment(Meaning meaning) {
        return meaning instanceof Meaning.Foreign foreign
                && foreign.last().equals("env")
                && Set.of("process", "node:process", "Bun", "globalThis", "global")
                        .contains(foreign.source());
    }

    private static Meaning traced(Meaning meaning, SyntaxNode use) {
        return switch (meaning) {
            case Meaning.Code code ->
                code.node().start() == use.start()
                        ? code
                        : with(code, List.of(new Step(Texts.brief(use), use.origin())));
            case Meaning.Variable variable ->
                variable.origin().line() == 0
                        ? new Meaning.Variable(variable.name(), variable.fallback(), use.origin())
                        : variable;
            default -> meaning;
        };
    }

    private static Meaning with(Meaning meaning, List<Step> more) {
        if (more.isEmpty() || !(meaning instanceof Meaning.Code code)) {
            return meaning;
        }
        List<Step> trail = new ArrayList<>(code.trail());
        trail.addAll(more);
        return new Meaning.Code(code.module(), code.node(), trail);
    }
}
