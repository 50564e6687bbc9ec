package dev.poolwright.scan.python;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.python.Handle.Kind;
import dev.poolwright.scan.python.PythonDefinition.Assignment;
import dev.poolwright.scan.python.PythonDefinition.ClassDefinition;
import dev.poolwright.scan.python.PythonDefinition.External;
import dev.poolwright.scan.python.PythonDefinition.FunctionDefinition;
import dev.poolwright.scan.python.PythonDefinition.How;
import dev.poolwright.scan.python.PythonDefinition.ParameterDefinition;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Tells what expressions stand for: engines, sessions, what makes them, what waits elsewhere. Safe for several threads. */
final class Handles {

    private static final int DEEPEST = 60;
    private static final int MOST_ASKED = 2_000;
    private static final Set<String> MANAGERS = Set.of("contextmanager", "asynccontextmanager");

    private final PythonIndex index;
    private final Dependencies dependencies;
    private final Map<SyntaxNode, Optional<PythonFunction>> targets = new ConcurrentHashMap<>();
    private final SlowCalls slow = new SlowCalls(this);
    private final Reach reach = new Reach(this);
    private final Map<SyntaxNode, Boolean> generators = new ConcurrentHashMap<>();
    private final Map<SyntaxNode, Optional<Handle>> known = new ConcurrentHashMap<>();

    private Handles(Project project) {
        this.index = project.view(PythonIndex.class, PythonIndex::of);
        this.dependencies = new Dependencies(index);
    }

    /** To be asked for as {@code project.view(Handles.class, Handles::of)}. */
    static Handles of(Project project) {
        return new Handles(project);
    }

    PythonIndex index() {
        return index;
    }

    SlowCalls slow() {
        return slow;
    }

    Reach reach() {
        return reach;
    }

    Dependencies dependencies() {
        return dependencies;
    }

    /** What an expression stands for; empty when that cannot be told or has to do with nothing here. */
    Optional<Handle> of(SyntaxNode expression) {
        return of(expression, new Path());
    }

    private Optional<Handle> of(SyntaxNode node, Path path) {
        return remembered(node, path, () -> plain(node, path));
    }

    /** What is known stays known, unless it was found on a way that had been cut short. */
    private Optional<Handle> remembered(SyntaxNode node, Path path, Supplier<Optional<Handle>> find) {
        Optional<Handle> before = known.get(node);
        if (before != null) {
            return before;
        }
        if (!path.enter(node)) {
            return Optional.empty();
        }
        int cuts = path.cuts;
        Optional<Handle> found = find.get();
        path.nodes.remove(node);
        if (path.cuts == cuts || path.nodes.isEmpty()) {
            known.put(node, found);
        }
        return found;
    }

    /** The expressions that one question leads through. */
    private static final class Path {
        private final Set<SyntaxNode> nodes = new HashSet<>();
        private int asked;
        private int cuts;

        boolean enter(SyntaxNode node) {
            boolean further = nodes.size() < DEEPEST && asked++ < MOST_ASKED && nodes.add(node);
            cuts += further ? 0 : 1;
            return further;
        }
    }

    private Optional<Handle> plain(SyntaxNode node, Path path) {
        return switch (node.type()) {
            case "await", "parenthesized_expression" ->
                node.children().isEmpty()
                        ? Optional.empty()
                        : of(node.children().get(0), path);
            case "named_expression" -> node.child("value").flatMap(value -> of(value, path));
            case "identifier" -> name(node, path);
            case "attribute" -> attribute(node, path);
            case "call" -> call(node, path);
            case "conditional_expression", "boolean_operator" ->
                node.children().stream().flatMap(one -> of(one, path).stream()).findFirst();
            default -> Optional.empty();
        };
    }

    private Optional<Handle> name(SyntaxNode node, Path path) {
        List<PythonDefinition> all = index.definitions(node);
        Optional<Handle> found = Optional.empty();
        for (int i = all.size() - 1; i >= 0 && found.isEmpty(); i--) {
            found = switch (all.get(i)) {
                case Assignment assignment -> assigned(assignment, path);
                case ParameterDefinition parameter -> parameter(parameter.parameter(), path);
                default -> Optional.empty();
            };
        }
        return found;
    }

    private Optional<Handle> assigned(Assignment assignment, Path path) {
        if (assignment.how() == How.LOOP) {
            return loop(assignment.target())
                    .flatMap(right -> of(right, path))
                    .filter(handle -> handle.is(Kind.GENERATOR))
                    .flatMap(Handle::inner);
        }
        Optional<Handle> value = assignment.value().flatMap(one -> of(one, path));
        if (assignment.how() == How.WITH) {
            return value.flatMap(Handles::entered);
        }
        if (assignment.how() == How.UNPACKED) {
            return Optional.empty();
        }
        Optional<Handle> typed = assignment.annotation().flatMap(this::annotated);
        return value.or(() -> typed)
                .map(handle ->
                        handle.is(Kind.ENGINE, Kind.POOL) && handle.pool().isEmpty() && isKept(assignment)
                                ? handle.named(poolName(assignment.target()))
                                : handle);
    }

    /** Whether a name outlives the function that it stands in. */
    private static boolean isKept(Assignment assignment) {
        return assignment.how() == How.GLOBAL
                || assignment.target().above("function_definition").isEmpty();
    }

    /** {@code path#symbol}; of an attribute with the class that it belongs to. */
    private String poolName(SyntaxNode target) {
        String file = target.source().file();
        if (target.is("attribute")) {
            String owner = target.above("class_definition")
                    .map(type -> type.text("name") + ".")
                    .orElse("");
            return file + "#" + owner + target.text("attribute");
        }
        return file + "#" + target.text();
    }

    private static Optional<SyntaxNode> loop(SyntaxNode target) {
        return target.above("for_statement").flatMap(loop -> loop.child("right"));
    }

    /** What a {@code with} gives. */
    static Optional<Handle> entered(Handle handle) {
        return switch (handle.kind()) {
            case CONTEXT -> handle.inner();
            case SESSION, CONNECTION, WEB, MODEL, POOL, STORE -> Optional.of(handle);
            default -> Optional.empty();
        };
    }

    private Optional<Handle> parameter(PythonParameter parameter, Path path) {
        for (Dependencies.Dependency one : parameterDependency(parameter)) {
            Optional<Handle> given = result(one.function(), path);
            if (given.isPresent()) {
                return given.map(handle ->
                        handle.is(Kind.GENERATOR, Kind.CONTEXT) ? handle.inner().orElse(handle) : handle);
            }
        }
        return parameter.annotation().flatMap(this::annotated);
    }

    private List<Dependencies.Dependency> parameterDependency(PythonParameter parameter) {
        return parameter.node().above("function_definition").stream()
                .flatMap(function -> index.module(function).stream())
                .flatMap(module -> module.functionAt(parameter.node()).stream())
                .flatMap(function -> dependencies.of(function).stream())
                .filter(one -> one.parameter().equals(parameter.name()))
                .toList();
    }

    /** A session by its type alone. */
    private Optional<Handle> annotated(SyntaxNode annotation) {
        return annotation
                .all("identifier", "attribute")
                .limit(12)
                .flatMap(name -> {
                    String external = index.externalName(name);
                    Optional<Kind> kind = LibraryHandles.kind(external);
                    if (external.startsWith("sqlalchemy.") && external.endsWith("Connection")) {
                        kind = Optional.of(Kind.CONNECTION);
                    }
                    return kind
                            .filter(one -> one == Kind.SESSION
                                    || one == Kind.CONNECTION
                                    || one == Kind.WEB
                                    || one == Kind.MODEL)
                            .map(one -> Handle.of(one, annotation))
                            .stream();
                })
                .findFirst();
    }

    private Optional<Handle> attribute(SyntaxNode node, Path path) {
        SyntaxNode object = node.child("object").orElse(node);
        String name = node.text("attribute");
        if (object.is("identifier")
                && (object.text().equals("self") || object.text().equals("cls"))) {
            return object.above("class_definition")
                    .flatMap(type -> index.module(type).flatMap(module -> module.type(type)))
                    .flatMap(type -> own(type, name, path));
        }
        Optional<Handle> owner = of(object, path);
        if (owner.isPresent()) {
            if (owner.get().is(Kind.FLASK) && name.equals("session")) {
                return Optional.of(owner.get().as(Kind.REGISTRY, node));
            }
            return owner.get().type().flatMap(type -> own(type, name, path));
        }
        return name(node, path);
    }

    /** An attribute of a class's objects: what its methods assign to it, else what its body says. */
    private Optional<Handle> own(PythonClass type, String name, Path path) {
        Optional<Handle> set = type.node()
                .all("assignment")
                .filter(one -> one.child("left")
                        .filter(left -> left.is("attribute") && left.text().equals("self." + name))
                        .isPresent())
                .limit(8)
                .flatMap(one -> {
                    Optional<Handle> value = one.child("right").flatMap(right -> of(right, path));
                    return value.or(() -> one.child("type").flatMap(this::annotated)).stream()
                            .map(handle -> handle.is(Kind.ENGINE, Kind.POOL)
                                            && handle.pool().isEmpty()
                                    ? handle.named(poolName(one.child("left").orElse(one)))
                                    : handle);
                })
                .findFirst();
        return set.or(() -> index.member(type, name).stream()
                .flatMap(one -> one instanceof Assignment assignment
                        ? assigned(assignment, path).stream()
                        : one instanceof FunctionDefinition method && isProperty(method.function())
                                ? result(method.function(), path).stream()
                                : java.util.stream.Stream.empty())
                .findFirst());
    }

    private static boolean isProperty(PythonFunction function) {
        return function.decorators().stream().anyMatch(one -> one.text().endsWith("property"));
    }

    private Optional<Handle> call(SyntaxNode call, Path path) {
        SyntaxNode called = call.child("function").orElse(call);
        if (!called.is("identifier", "attribute")) {
            return called.is("call") ? made(of(called, path), call) : Optional.empty();
        }
        String external = index.externalName(called);
        if (!external.isEmpty()) {
            return library(external, call, path);
        }
        PythonDefinition definition = index.resolve(called).orElse(null);
        if (definition instanceof FunctionDefinition function) {
            return result(function.function(), path);
        }
        if (definition instanceof ClassDefinition type) {
            return constructed(type.type(), call);
        }
        Optional<Handle> itself = of(called, path);
        if (itself.filter(one -> one.is(Kind.MAKER, Kind.REGISTRY)).isPresent()) {
            return made(itself, call);
        }
        if (called.is("attribute")) {
            Optional<Handle> owner = called.child("object").flatMap(object -> of(object, path));
            Optional<Handle> given = owner.flatMap(one -> method(one, called.text("attribute"), call));
            return given.or(() -> method(called, path).flatMap(function -> result(function, path)));
        }
        return Optional.empty();
    }

    private static Optional<Handle> made(Optional<Handle> maker, SyntaxNode call) {
        return maker.filter(one -> one.is(Kind.MAKER, Kind.REGISTRY))
                .map(one -> one.as(one.is(Kind.MAKER) ? Kind.SESSION : Kind.REGISTRY, call));
    }

    private Optional<Handle> library(String external, SyntaxNode call, Path path) {
        if (external.equals("contextlib.closing") || external.equals("contextlib.aclosing")) {
            return OwnCode.positional(call).stream()
                    .limit(1)
                    .flatMap(one -> of(one, path).stream())
                    .map(one -> one.within(Kind.CONTEXT))
                    .findFirst();
        }
        Optional<Kind> kind = LibraryHandles.kind(external);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        boolean async = external.contains("async") || external.contains("Async");
        Handle handle = new Handle(kind.get(), "", !unpooled(call), async, Optional.empty(), Optional.empty(), call);
        return Optional.of(handle.is(Kind.MAKER, Kind.SESSION, Kind.REGISTRY) ? bound(handle, call, path) : handle);
    }

    private static boolean unpooled(SyntaxNode call) {
        return OwnCode.named(call, "poolclass")
                .filter(value ->
                        value.text().endsWith("NullPool") || value.text().endsWith("StaticPool"))
                .isPresent();
    }

    /** A session or what makes sessions, with the pool of the engine that it is bound to. */
    private Handle bound(Handle handle, SyntaxNode call, Path path) {
        Optional<SyntaxNode> engine = OwnCode.named(call, "bind")
                .or(() -> OwnCode.positional(call).stream().findFirst());
        Optional<Handle> from = engine.flatMap(one -> of(one, path));
        return from.map(one -> new Handle(
                        handle.kind(),
                        one.pool(),
                        one.pooled(),
                        handle.async() || one.async(),
                        Optional.empty(),
                        Optional.empty(),
                        call))
                .orElse(handle);
    }

    private Optional<Handle> constructed(PythonClass type, SyntaxNode call) {
        Set<String> bases = index.externalBases(type);
        for (String base : bases) {
            Optional<Kind> kind = LibraryHandles.kind(base).filter(one -> one != Kind.OBJECT);
            if (kind.isPresent()) {
                return kind.map(one -> Handle.of(one, call));
            }
        }
        return Optional.of(new Handle(Kind.OBJECT, "", true, false, Optional.empty(), Optional.of(type), call));
    }

    /** What a method of an engine, pool or session gives. */
    private static Optional<Handle> method(Handle owner, String name, SyntaxNode call) {
        return switch (owner.kind()) {
            case ENGINE ->
                switch (name) {
                    case "connect", "raw_connection" -> Optional.of(owner.as(Kind.CONNECTION, call));
                    case "begin" -> Optional.of(owner.as(Kind.CONNECTION, call).within(Kind.CONTEXT));
                    default -> Optional.empty();
                };
            case POOL ->
                switch (name) {
                    case "acquire", "getconn", "get_connection" -> Optional.of(owner.as(Kind.CONNECTION, call));
                    case "connection" ->
                        Optional.of(owner.as(Kind.CONNECTION, call).within(Kind.CONTEXT));
                    default -> Optional.empty();
                };
            case MAKER ->
                name.equals("begin")
                        ? Optional.of(owner.as(Kind.SESSION, call).within(Kind.CONTEXT))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The method of the tree that a call {@code self.m()} or {@code object.m()} means. */
    Optional<PythonFunction> method(SyntaxNode called) {
        return method(called, new Path());
    }

    private Optional<PythonFunction> method(SyntaxNode called, Path path) {
        SyntaxNode object = called.child("object").orElse(called);
        String name = called.text("attribute");
        Optional<PythonClass> type = object.is("identifier")
                        && (object.text().equals("self") || object.text().equals("cls"))
                ? object.above("class_definition")
                        .flatMap(one -> index.module(one).flatMap(module -> module.type(one)))
                : of(object, path).flatMap(Handle::type);
        return type.stream()
                .flatMap(one -> index.member(one, name).stream())
                .filter(FunctionDefinition.class::isInstance)
                .map(one -> ((FunctionDefinition) one).function())
                .findFirst();
    }

    /** The function of the tree that a call runs; of a class its constructor. */
    Optional<PythonFunction> target(SyntaxNode called) {
        Optional<PythonFunction> before = targets.get(called);
        if (before == null) {
            before = find(called);
            targets.put(called, before);
        }
        return before;
    }

    private Optional<PythonFunction> find(SyntaxNode called) {
        if (!called.is("identifier", "attribute")) {
            return Optional.empty();
        }
        Optional<PythonDefinition> definition = index.resolve(called);
        if (definition.isPresent() && definition.get() instanceof FunctionDefinition function) {
            return Optional.of(function.function());
        }
        if (definition.isPresent() && definition.get() instanceof ClassDefinition type) {
            return type.type().method("__init__");
        }
        boolean outside = definition.isPresent() && definition.get() instanceof External;
        return called.is("attribute") && !outside ? method(called) : Optional.empty();
    }

    /** Whether a function gives the same object each time. */
    static boolean isCached(PythonFunction function) {
        return function.decorators().stream()
                .map(OwnCode::decoratorName)
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .anyMatch(name -> name.contains("cache") || name.equals("singleton"));
    }

    /** Whether a function is a generator. */
    boolean yields(PythonFunction function) {
        return generators.computeIfAbsent(function.node(), OwnCode::yields);
    }

    /** What calling a function gives. */
    Optional<Handle> result(PythonFunction function) {
        return result(function, new Path());
    }

    private Optional<Handle> result(PythonFunction function, Path path) {
        return remembered(function.node(), path, () -> given(function, path));
    }

    private Optional<Handle> given(PythonFunction function, Path path) {
        boolean generator = yields(function);
        String[] statement = {generator ? "yield" : "return_statement"};
        Optional<Handle> given = OwnCode.body(function.node(), statement)
                .limit(12)
                .flatMap(one -> one.children().stream().limit(1))
                .flatMap(one -> of(one, path).stream())
                .filter(one -> !generator || one.holds())
                .findFirst();
        if (generator) {
            boolean manager = function.decorators().stream()
                    .map(OwnCode::decoratorName)
                    .anyMatch(name -> MANAGERS.contains(name.substring(name.lastIndexOf('.') + 1)));
            boolean async = function.async();
            return given.map(one -> one.within(manager ? Kind.CONTEXT : Kind.GENERATOR))
                    .map(one -> new Handle(
                            one.kind(), one.pool(), one.pooled(), async, one.inner(), one.type(), one.made()));
        }
        return given.map(one -> one.is(Kind.ENGINE, Kind.POOL) && one.pool().isEmpty() && isCached(function)
                ? one.named(function.node().source().file() + "#" + function.name())
                : one);
    }
}
