package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.python.Py.Callable;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Dict;
import dev.poolwright.scan.python.Py.External;
import dev.poolwright.scan.python.Py.Instance;
import dev.poolwright.scan.python.Py.Items;
import dev.poolwright.scan.python.Py.Later;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.python.Py.Option;
import dev.poolwright.scan.python.Py.Unknown;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Evaluates expressions, one question at a time: what passes its bounds is unknown. For one thread. */
final class Evaluator {

    private static final int MOST_STEPS = 6_000;
    private static final int MOST_STEPS_OF_CONDITION = 200;
    private static final int DEEPEST = 48;

    private final Project project;
    private final PythonIndex index;
    private final Calls calls;
    private final Arithmetic arithmetic = new Arithmetic(this);
    private final Conditions conditions = new Conditions(this);
    private final Objects objects;
    private final Surroundings surroundings;
    private final Map<Asked, Py> answers = new HashMap<>();
    private final Map<PythonFunction, Frame> frames = new HashMap<>();
    private int steps;
    private int limit = MOST_STEPS;
    private boolean exhausted;
    private int depth;

    Evaluator(Project project, PythonIndex index) {
        this.project = project;
        this.index = index;
        this.surroundings = new Surroundings(project);
        this.objects = new Objects(this, index, surroundings);
        this.calls = new Calls(this, objects, surroundings);
    }

    /** One question: an expression in a frame, or a name of a module or class when its body has ended. */
    private record Asked(Object what, Object where) {}

    /** The frame of any call of a function. */
    Frame any(PythonFunction function) {
        return frames.computeIfAbsent(function, one -> new Frame(List.of(one), Map.of(), List.of(), false));
    }

    /** The frame of any call of the function that a node stands in. */
    Frame around(SyntaxNode node) {
        return index.module(node)
                .flatMap(module -> module.functionAt(node))
                .map(this::any)
                .orElse(Frame.TOP);
    }

    Arithmetic arithmetic() {
        return arithmetic;
    }

    Project project() {
        return project;
    }

    PythonIndex index() {
        return index;
    }

    static Py firstKnown(Py first, Py second) {
        return first instanceof Unknown || first instanceof Missing ? second : first;
    }

    /** The arguments of a call that is asked about, as a question of its own. */
    Arguments ask(PoolSite site) {
        steps = 0;
        return arguments(site.call(), site.frame());
    }

    /** A question of its own: what was found out stays, the bound on the work begins anew. */
    Py ask(Py value) {
        steps = 0;
        return force(value);
    }

    /** A text as it is written, its parts not looked up. */
    Py written(SyntaxNode text) {
        steps = limit; // every part that would have to be looked up is unknown
        return arithmetic.string(text, Frame.TOP);
    }

    Py force(Py value) {
        if (value instanceof Py.Choice choice
                && choice.options().stream().anyMatch(one -> one.value() instanceof Later)) {
            return Choices.each(choice, this::force);
        }
        return value instanceof Later later ? value(later.node(), later.frame()) : value;
    }

    /** Never {@link Later}. */
    Py value(SyntaxNode node, Frame frame) {
        boolean kept = node.is("identifier", "attribute", "call", "subscript", "dictionary");
        return kept ? answer(new Asked(node, frame), () -> bounded(node, frame), node) : bounded(node, frame);
    }

    private Py bounded(SyntaxNode node, Frame frame) {
        if (++steps > limit || depth >= DEEPEST) {
            exhausted = true;
            return Py.unknown("too far to follow", node);
        }
        depth++;
        try {
            return inner(node, frame);
        } finally {
            depth--;
        }
    }

    /** Each question is worked on once; one that comes up while it is worked on has no answer. */
    private Py answer(Asked asked, Supplier<Py> work, SyntaxNode node) {
        Py known = answers.get(asked);
        if (known == null) {
            answers.put(asked, Py.unknown("refers to itself", node));
            boolean before = exhausted;
            exhausted = false;
            known = work.get();
            if (exhausted && limit < MOST_STEPS) { // only this condition was given up
                answers.remove(asked);
            } else {
                answers.put(asked, known);
            }
            exhausted |= before;
        }
        return known;
    }

    private Py inner(SyntaxNode node, Frame frame) {
        return switch (node.type()) {
            case "integer", "float" -> constant(Text.number(node.text()), node);
            case "true", "false" -> constant(node.is("true"), node);
            case "none" -> constant(Py.NONE, node);
            case "string", "concatenated_string" -> arithmetic.string(node, frame);
            case "parenthesized_expression", "await", "expression_statement" ->
                node.children().stream()
                        .filter(child -> !child.is("comment"))
                        .findFirst()
                        .map(child -> value(child, frame))
                        .orElse(new Missing());
            case "named_expression" ->
                node.child("value").map(one -> value(one, frame)).orElse(new Missing());
            case "identifier" -> seen(name(node, frame), node);
            case "attribute" -> seen(attribute(node, frame), node);
            case "subscript" -> seen(subscript(node, frame), node);
            case "call" -> seen(calls.value(node, frame), node);
            case "dictionary" -> dictionary(node, frame);
            case "list", "tuple", "expression_list", "set" ->
                new Items(
                        node.children().stream()
                                .filter(child -> !child.is("comment"))
                                .<Py>map(child -> new Later(child, frame))
                                .toList(),
                        node.origin());
            case "conditional_expression" -> conditional(node, frame);
            case "boolean_operator" -> either(node, frame);
            case "not_operator" ->
                truth(node, frame).<Py>map(one -> constant(one, node)).orElse(Py.unknown("a condition", node));
            case "comparison_operator" ->
                truth(node, frame).<Py>map(one -> constant(one, node)).orElse(Py.unknown("a condition", node));
            case "binary_operator" -> arithmetic.binary(node, frame);
            case "unary_operator" -> arithmetic.unary(node, frame);
            default -> Py.unknown("not a constant expression", node);
        };
    }

    static Const constant(Object value, SyntaxNode node) {
        return new Const(value, node.origin(), List.of(), true);
    }

    /** Adds the place of use to the trail, unless it stands in the line that came before. */
    private static Py seen(Py value, SyntaxNode node) {
        return Choices.each(value, one -> {
            if (one instanceof Const known) {
                return sameLine(known.trail(), known.origin(), node)
                        ? known
                        : known.then(new Step(Text.brief(node), node.origin()));
            }
            if (one instanceof External outside && outside.dottedName().indexOf('.') > 0) {
                if (outside.origin().equals(Origin.NONE)) {
                    return new External(outside.dottedName(), node.origin(), outside.given(), outside.trail());
                }
                if (sameLine(outside.trail(), outside.origin(), node)
                        || outside.trail().size() >= 8) {
                    return outside;
                }
                List<Step> longer = new ArrayList<>(outside.trail());
                longer.add(new Step(Text.brief(node), node.origin()));
                return new External(outside.dottedName(), outside.origin(), outside.given(), longer);
            }
            return one;
        });
    }

    private static boolean sameLine(List<Step> trail, Origin origin, SyntaxNode node) {
        Origin last = trail.isEmpty() ? origin : trail.getLast().origin();
        return last.line() == node.line() && last.file().equals(node.source().file());
    }

    // ---- names

    private Py name(SyntaxNode node, Frame frame) {
        Optional<PythonModule> module = index.module(node);
        if (module.isEmpty() || PythonIndex.boundInside(node)) {
            return Py.unknown("bound by a comprehension", node);
        }
        String name = node.text();
        PythonScope at = module.get().scopeAt(node);
        Optional<PythonScope> binding = at.binding(name);
        if (binding.isEmpty()) {
            List<PythonDefinition> through = index.definitions(node);
            return through.isEmpty()
                    ? new External(name, node.origin(), Map.of(), List.of())
                    : defined(through, node, frame);
        }
        return bound(binding.get(), name, binding.get() == at ? Optional.of(node) : Optional.empty(), frame);
    }

    /** @param use where it is used, if in the scope itself; else it is used when the scope's body has ended */
    private Py bound(PythonScope scope, String name, Optional<SyntaxNode> use, Frame frame) {
        if (scope.isModule() || scope.isClass()) {
            return use.isPresent()
                    ? Flow.value(this, Frame.TOP, scope, name, new Missing(), use)
                    : answer(
                            new Asked(scope, name),
                            () -> withGlobals(
                                    scope, name, Flow.value(this, Frame.TOP, scope, name, new Missing(), use)),
                            scope.node());
        }
        PythonFunction function = index.module(scope.node())
                .flatMap(module -> module.function(scope.node()))
                .orElse(null);
        if (function == null) {
            return new Missing();
        }
        Frame own = frame.isOf(function) ? frame : any(function);
        Py start = function.parameter(name)
                .map(parameter -> calls.parameter(function, parameter, own))
                .orElse(new Missing());
        return Flow.value(this, own, scope, name, start, use);
    }

    /** Functions that declare a name global may set it later; a {@code None} at the top then only says "not yet". */
    private Py withGlobals(PythonScope scope, String name, Py value) {
        List<Option> options = new ArrayList<>();
        for (PythonDefinition one : scope.named(name)) {
            if (one instanceof PythonDefinition.Assignment assignment
                    && assignment.how() == PythonDefinition.How.GLOBAL
                    && assignment.value().isPresent()
                    && options.size() < Choices.MOST) {
                index.module(assignment.target())
                        .flatMap(module -> module.functionAt(assignment.target()))
                        .ifPresent(function -> options.add(new Option(
                                "after " + function.name() + "()",
                                value(assignment.value().get(), any(function)))));
            }
        }
        if (options.isEmpty()) {
            return value;
        }
        boolean lazy = value instanceof Missing || (value instanceof Const known && known.isNone());
        if (!lazy) {
            options.addFirst(new Option("", value));
        }
        options.removeIf(one -> one.value() instanceof Const known && known.isNone());
        return options.isEmpty() ? value : Choices.of(options);
    }

    /** What a definition other than an assignment gives. */
    Py defined(PythonDefinition definition, Frame frame) {
        return switch (definition) {
            case PythonDefinition.FunctionDefinition one -> new Callable(one.function(), List.of(), Map.of());
            case PythonDefinition.ClassDefinition one ->
                new Py.Type(one.type(), one.type().node().origin());
            case PythonDefinition.ModuleDefinition one -> new Py.Module(one.module());
            case PythonDefinition.External one ->
                new External(
                        one.dottedName(), Origin.NONE, Map.of(), List.of()); // written where it is used: see seen()
            case PythonDefinition.ImportDefinition one ->
                index.module(one.node())
                        .map(module -> imported(one.statement(), module))
                        .orElse(new Missing());
            case PythonDefinition.Assignment one ->
                index.module(one.target())
                        .map(module -> bound(
                                module.scopeAt(one.target())
                                        .binding(one.target().text())
                                        .orElse(module.scope()),
                                one.target().text(),
                                Optional.empty(),
                                frame))
                        .orElse(new Missing());
            case PythonDefinition.ParameterDefinition one ->
                calls.parameter(one.function(), one.parameter(), any(one.function()));
        };
    }

    private Py defined(List<PythonDefinition> definitions, SyntaxNode node, Frame frame) {
        List<Option> options = new ArrayList<>();
        boolean assigned = false;
        for (PythonDefinition one : definitions) {
            boolean assignment = one instanceof PythonDefinition.Assignment;
            if (!(assignment && assigned)) { // the first one already stands for all of them
                options.add(new Option("", defined(one, frame)));
            }
            assigned |= assignment;
        }
        return options.isEmpty() ? Py.unknown("not found", node) : Choices.of(options);
    }

    /** What a module has under a name before its own statements change it: from a star import. */
    Py imported(PythonModule module, String name) {
        List<PythonDefinition> found = index.member(module, name);
        return found.isEmpty() ? new Missing() : defined(found, module.root(), Frame.TOP);
    }

    private Py imported(PythonImport statement, PythonModule module) {
        Optional<PythonModule> source = statement.name().isEmpty()
                ? Optional.empty()
                : index.module(statement.module(), module.file()).filter(one -> one != module);
        if (source.isPresent() && source.get().scope().binding(statement.name()).isPresent()) {
            return member(source.get(), statement.name(), statement.node());
        }
        return defined(index.followed(statement, module), statement.node(), Frame.TOP);
    }

    /** What a module offers under a name. */
    Py member(PythonModule module, String name, SyntaxNode node) {
        if (!module.scope().named(name).isEmpty()) {
            return bound(module.scope(), name, Optional.empty(), Frame.TOP);
        }
        List<PythonDefinition> found = index.member(module, name);
        return found.isEmpty() ? Py.unknown("not defined in " + module, node) : defined(found, node, Frame.TOP);
    }

    /** An object of the class that a type annotation names. */
    Py typed(Optional<SyntaxNode> annotation, SyntaxNode where) {
        Optional<SyntaxNode> name = annotation.flatMap(one -> one.all("identifier", "attribute")
                .filter(n -> !n.text().equals("Optional"))
                .findFirst());
        if (name.isPresent()
                && index.resolve(name.get()).orElse(null) instanceof PythonDefinition.ClassDefinition found) {
            return new Instance(found.type(), Map.of());
        }
        return Py.unknown("only its type is stated", where);
    }

    // ---- attributes and items

    private Py attribute(SyntaxNode node, Frame frame) {
        Optional<SyntaxNode> object = node.child("object");
        if (object.isEmpty()) {
            return new Missing();
        }
        String name = node.text("attribute");
        if (object.get().is("identifier") && object.get().text().equals("self")) {
            Optional<Py> own = objects.ownAttribute(node, frame);
            if (own.isPresent()) {
                return own.get();
            }
        }
        return Choices.each(value(object.get(), frame), one -> objects.attribute(one, name, node));
    }

    private Py subscript(SyntaxNode node, Frame frame) {
        Optional<SyntaxNode> object = node.child("value");
        Optional<SyntaxNode> at = node.child("subscript");
        if (object.isEmpty() || at.isEmpty()) {
            return new Missing();
        }
        Py key = value(at.get(), frame);
        return Choices.each(value(object.get(), frame), one -> Choices.each(key, each -> item(one, each, node)));
    }

    private Py item(Py owner, Py key, SyntaxNode node) {
        if (owner instanceof External outside && outside.dottedName().equals("os.environ")) {
            return key instanceof Const known
                    ? surroundings.variable(String.valueOf(known.value()), new Missing(), node)
                    : Py.unknown("an environment variable", node);
        }
        if (owner instanceof Dict dict && key instanceof Const known) {
            String name = String.valueOf(known.value());
            if (dict.entries().containsKey(name)) {
                return force(dict.entries().getOrDefault(name, new Missing()));
            }
            return dict.complete() ? new Missing() : Py.unknown("not seen in the dict", node);
        }
        if (owner instanceof Dict dict && dict.complete() && !dict.entries().isEmpty()) {
            List<Option> options = new ArrayList<>();
            dict.entries().forEach((name, value) -> {
                if (options.size() < Choices.MOST) {
                    options.add(new Option(
                            node.child("subscript").map(Text::brief).orElse("") + " is " + name, force(value)));
                }
            });
            return Choices.of(options);
        }
        if (owner instanceof Items items && key instanceof Const known && known.value() instanceof Long number) {
            long at = number < 0 ? number + items.items().size() : number;
            return at >= 0 && at < items.items().size() ? force(items.items().get((int) at)) : new Missing();
        }
        return Py.unknown("an item that is not seen", node);
    }

    private Py dictionary(SyntaxNode node, Frame frame) {
        Py made = new Dict(Map.of(), true, node.origin());
        Map<String, Py> entries = new LinkedHashMap<>();
        boolean complete = true;
        for (SyntaxNode child : node.children()) {
            if (child.is("pair")) {
                String name = child.child("key").map(one -> key(one, frame)).orElse("");
                complete &= !name.isEmpty();
                entries.put(
                        name,
                        child.child("value")
                                .<Py>map(one -> new Later(one, frame))
                                .orElse(new Missing()));
            } else if (child.is("dictionary_splat")) {
                made = joined(made, new Dict(entries, complete, node.origin()));
                entries.clear();
                made = joined(
                        made,
                        child.children().stream()
                                .findFirst()
                                .map(one -> value(one, frame))
                                .orElse(new Missing()));
            }
        }
        entries.remove("");
        return joined(made, new Dict(entries, complete, node.origin()));
    }

    /** A key as text; empty where it is not known. */
    private String key(SyntaxNode node, Frame frame) {
        if (node.is("string") && node.children().size() == 3) {
            return Text.content(node, node.children().get(1));
        }
        return switch (value(node, frame)) {
            case Const known -> String.valueOf(known.value());
            case External outside -> outside.simpleName();
            default -> "";
        };
    }

    /** The frame of a function when it is called there. */
    Frame frameOf(PythonFunction function, SyntaxNode call, Frame around) {
        return calls.frame(function, arguments(call, around));
    }

    /** {@code {**left, **right}}. */
    Py joined(Py left, Py right) {
        return Choices.each(
                left,
                one -> Choices.each(right, other -> {
                    if (one instanceof Dict dict) {
                        return other instanceof Dict more
                                ? dict.with(more)
                                : other instanceof Const || other instanceof Missing ? dict : dict.open();
                    }
                    return one;
                }));
    }

    /** The arguments of a call. */
    Arguments arguments(SyntaxNode call, Frame frame) {
        List<Py> positional = new ArrayList<>();
        Map<String, Py> named = new LinkedHashMap<>();
        Map<String, SyntaxNode> nodes = new LinkedHashMap<>();
        boolean complete = true;
        Optional<SyntaxNode> list = call.child("arguments");
        for (SyntaxNode child : list.map(SyntaxNode::children).orElse(List.of())) {
            switch (child.type()) {
                case "keyword_argument" -> {
                    Optional<SyntaxNode> value = child.child("value");
                    named.put(
                            child.text("name"),
                            value.<Py>map(one -> new Later(one, frame)).orElse(new Missing()));
                    nodes.put(child.text("name"), value.orElse(child));
                }
                case "dictionary_splat" -> {
                    Py splat = child.children().stream()
                            .findFirst()
                            .map(one -> value(one, frame))
                            .orElse(new Missing());
                    complete &= Splats.into(named, splat);
                }
                case "list_splat" -> complete = false;
                case "comment" -> {}
                default -> positional.add(new Later(child, frame));
            }
        }
        if (list.filter(one -> one.is("generator_expression")).isPresent()) {
            complete = false;
        }
        return new Arguments(positional, named, nodes, complete);
    }

    private Py conditional(SyntaxNode node, Frame frame) {
        List<SyntaxNode> parts =
                node.children().stream().filter(child -> !child.is("comment")).toList();
        if (parts.size() != 3) {
            return Py.unknown("a condition", node);
        }
        Optional<Boolean> truth = truth(parts.get(1), frame);
        if (truth.isPresent()) {
            return value(parts.get(truth.get() ? 0 : 2), frame);
        }
        String condition = Text.brief(parts.get(1));
        return Choices.of(List.of(
                new Option(condition, value(parts.get(0), frame)),
                new Option(Choices.not(condition), value(parts.get(2), frame))));
    }

    private Py either(SyntaxNode node, Frame frame) {
        Optional<SyntaxNode> left = node.child("left");
        Optional<SyntaxNode> right = node.child("right");
        if (left.isEmpty() || right.isEmpty()) {
            return new Missing();
        }
        boolean or = node.text("operator").equals("or");
        return Choices.each(value(left.get(), frame), one -> {
            if (one instanceof Const known) {
                return Operators.truth(known.value()) == or ? known : value(right.get(), frame);
            }
            if (one instanceof Unknown unset && or && !unset.variable().isEmpty()) {
                return surroundings.variable(unset.variable(), value(right.get(), frame), left.get());
            }
            if (one instanceof Missing) {
                return or ? value(right.get(), frame) : one;
            }
            if (one instanceof Unknown) {
                return Choices.of(List.of(
                        new Option(Text.brief(left.get()), one),
                        new Option(Choices.not(Text.brief(left.get())), value(right.get(), frame))));
            }
            return or ? one : value(right.get(), frame);
        });
    }

    /** Whether a condition holds; empty where the environment or a call decides, or where it takes long to find out. */
    Optional<Boolean> truth(SyntaxNode node, Frame frame) {
        int before = limit;
        boolean gaveUp = exhausted;
        limit = Math.min(before, steps + MOST_STEPS_OF_CONDITION);
        try {
            return conditions.decided(node, frame);
        } finally {
            limit = before;
            exhausted = gaveUp;
        }
    }
}
