package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Callable;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.External;
import dev.poolwright.scan.python.Py.Instance;
import dev.poolwright.scan.python.Py.Made;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.python.Py.Option;
import dev.poolwright.scan.python.PythonDefinition.Assignment;
import dev.poolwright.scan.python.PythonDefinition.ClassDefinition;
import dev.poolwright.scan.python.PythonDefinition.FunctionDefinition;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attributes: of modules, classes, objects of classes of the tree, and of what comes from outside. */
final class Objects {

    private static final int MOST_METHODS = 40;

    private final Evaluator evaluator;
    private final PythonIndex index;
    private final SettingsClasses settings;

    Objects(Evaluator evaluator, PythonIndex index, Surroundings surroundings) {
        this.evaluator = evaluator;
        this.index = index;
        this.settings = new SettingsClasses(evaluator, index, surroundings);
    }

    Py attribute(Py owner, String name, SyntaxNode node) {
        return switch (owner) {
            case Py.Module module -> evaluator.member(module.module(), name, node);
            case External outside -> outside(outside, name, node);
            case Py.Type type -> ofClass(new Instance(type.type(), Map.of()), name, node);
            case Instance instance -> ofInstance(instance, name, node);
            case Made made -> Py.unknown("an attribute of " + made.dottedName(), node);
            case Py.Unknown unknown -> unknown;
            default -> Py.unknown("an attribute that is not seen", node);
        };
    }

    private Py outside(External outside, String name, SyntaxNode node) {
        if (outside.dottedName().equals("django.conf.settings")) {
            return DjangoSettings.value(evaluator, name, node);
        }
        if (name.equals("__name__")) {
            return new Const(outside.simpleName(), outside.origin(), outside.trail(), true);
        }
        if (!outside.given().isEmpty()) {
            return Py.unknown("an attribute of a partial", node);
        }
        return evaluator.defined(index.below(outside.dottedName() + "." + name, node), Frame.TOP);
    }

    /** {@code self.x}, seen from inside a method; empty where the class is not known. */
    Optional<Py> ownAttribute(SyntaxNode node, Frame frame) {
        Optional<PythonModule> module = index.module(node);
        Optional<PythonClass> type = module.flatMap(one -> one.classAt(node));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Optional<PythonFunction> function = module.get().functionAt(node);
        if (function.isPresent()) {
            // what the method itself has put there before
            Frame own = frame.isOf(function.get()) ? frame : evaluator.any(function.get());
            Py before = module.get()
                    .scopeOf(function.get().node())
                    .map(scope -> Flow.value(evaluator, own, scope, node.text(), new Missing(), Optional.of(node)))
                    .orElse(new Missing());
            boolean always = !(before instanceof Missing)
                    && !(before instanceof Py.Choice choice
                            && choice.options().stream().anyMatch(one -> one.value() instanceof Missing));
            if (always) {
                return Optional.of(before);
            }
        }
        Py self = frame.self().isEmpty()
                ? new Instance(type.get(), Map.of())
                : frame.self().getFirst();
        return Optional.of(Choices.each(self, one -> attribute(one, node.text("attribute"), node)));
    }

    private Py ofInstance(Instance instance, String name, SyntaxNode node) {
        if (settings.isRecord(instance.type()) && instance.arguments().containsKey(name)) {
            return evaluator.force(instance.arguments().getOrDefault(name, new Missing()));
        }
        Optional<Py> made = inConstructor(instance, name);
        if (made.isPresent()) {
            return made.get();
        }
        Py declared = ofClass(instance, name, node);
        boolean nothing = declared instanceof Py.Unknown
                || declared instanceof Missing
                || (declared instanceof Const known && known.isNone());
        return nothing ? inAnyMethod(instance, name).orElse(declared) : declared;
    }

    /** What {@code __init__} puts there, of the class or of the first base class that does. */
    private Optional<Py> inConstructor(Instance instance, String name) {
        for (PythonDefinition one : index.member(instance.type(), "__init__")) {
            if (one instanceof FunctionDefinition constructor) {
                Optional<Py> found = in(constructor.function(), instance, "self." + name, true);
                boolean none = found.filter(value -> value instanceof Const known && known.isNone())
                        .isPresent();
                return none ? Optional.empty() : found;
            }
        }
        return Optional.empty();
    }

    private Optional<Py> inAnyMethod(Instance instance, String name) {
        List<Option> options = new ArrayList<>();
        Optional<PythonModule> module = index.module(instance.type().node());
        int seen = 0;
        for (String method : instance.type().body().names()) {
            Optional<PythonFunction> function = instance.type().method(method);
            if (function.isPresent() && !method.equals("__init__") && module.isPresent() && ++seen < MOST_METHODS) {
                in(function.get(), instance, "self." + name, false)
                        .filter(value -> !(value instanceof Const known && known.isNone()))
                        .ifPresent(value -> options.add(new Option("after " + method + "()", value)));
            }
        }
        return options.isEmpty() ? Optional.empty() : Optional.of(Choices.of(options));
    }

    private Optional<Py> in(PythonFunction function, Instance instance, String key, boolean constructor) {
        PythonScope scope = index.module(function.node())
                .flatMap(module -> module.scopeOf(function.node()))
                .orElse(null);
        if (scope == null || scope.touched(key).isEmpty()) {
            return Optional.empty();
        }
        boolean known = constructor && !instance.arguments().isEmpty();
        Frame frame =
                new Frame(List.of(function), constructor ? instance.arguments() : Map.of(), List.of(instance), known);
        Py value = Flow.value(evaluator, frame, scope, key, new Missing(), Optional.empty());
        return value instanceof Missing ? Optional.empty() : Optional.of(value);
    }

    /** What the class body says, of the class or of its bases. */
    private Py ofClass(Instance instance, String name, SyntaxNode node) {
        for (PythonDefinition one : index.member(instance.type(), name)) {
            if (one instanceof FunctionDefinition method) {
                boolean property = method.function().decorators().stream()
                        .anyMatch(decorator -> decorator.text().contains("property"));
                return property
                        ? Returns.of(
                                evaluator,
                                method.function(),
                                new Frame(List.of(method.function()), Map.of(), List.of(instance), true))
                        : new Callable(method.function(), List.of(instance), Map.of());
            }
            if (one instanceof Assignment field) {
                return settings.field(instance, name, field);
            }
            if (one instanceof ClassDefinition inner) {
                return new Py.Type(inner.type(), inner.type().node().origin());
            }
            return evaluator.defined(one, Frame.TOP);
        }
        if (name.equals("value") || name.equals("name")) {
            return Py.unknown("an enum's value", node);
        }
        return Py.unknown("not defined in class " + instance.type().name(), node);
    }
}
