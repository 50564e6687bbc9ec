package dev.poolwright.scan.python;

import dev.poolwright.scan.python.PythonDefinition.Assignment;
import dev.poolwright.scan.python.PythonDefinition.ClassDefinition;
import dev.poolwright.scan.python.PythonDefinition.FunctionDefinition;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What FastAPI calls before a function: its {@code Depends}, in parameters, in type aliases, in decorators and routers. */
final class Dependencies {

    private static final int MOST_HOPS = 6;

    private final PythonIndex index;
    private final Map<PythonFunction, List<Dependency>> known = new ConcurrentHashMap<>();

    Dependencies(PythonIndex index) {
        this.index = index;
    }

    /**
     * One dependency of a function.
     *
     * @param parameter that takes its value; empty for one that only has to run
     * @param written as it stands there: {@code get_db}
     * @param at where it is asked for
     * @param early whether it ends before the response is sent: {@code scope="function"}
     */
    record Dependency(String parameter, PythonFunction function, String written, SyntaxNode at, boolean early) {}

    /** Those of a function's own parameters. */
    List<Dependency> of(PythonFunction function) {
        List<Dependency> before = known.get(function);
        if (before == null) {
            before = List.copyOf(find(function));
            known.put(function, before);
        }
        return before;
    }

    private List<Dependency> find(PythonFunction function) {
        List<Dependency> found = new ArrayList<>();
        for (PythonParameter parameter : function.parameters()) {
            asked(parameter)
                    .flatMap(call -> dependency(parameter.name(), call, parameter.annotation(), parameter.node()))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Those that a handler's decorator and its router ask for besides. */
    List<Dependency> around(PythonFunction handler) {
        List<Dependency> found = new ArrayList<>();
        for (SyntaxNode decorator : handler.decorators()) {
            if (!decorator.is("call")) {
                continue;
            }
            found.addAll(listed(decorator));
            Optional<SyntaxNode> router = decorator.child("function").flatMap(called -> called.child("object"));
            if (router.isPresent()
                    && index.resolve(router.get()).orElse(null) instanceof Assignment assignment
                    && assignment.value().filter(value -> value.is("call")).isPresent()) {
                found.addAll(listed(assignment.value().get()));
            }
        }
        return found;
    }

    private List<Dependency> listed(SyntaxNode call) {
        List<Dependency> found = new ArrayList<>();
        OwnCode.named(call, "dependencies").stream()
                .flatMap(list -> list.children().stream())
                .filter(this::asks)
                .forEach(one -> dependency("", one, Optional.empty(), one).ifPresent(found::add));
        return found;
    }

    /** The {@code Depends(…)} of a parameter: its default, or in its annotation, or in the alias that its annotation names. */
    private Optional<SyntaxNode> asked(PythonParameter parameter) {
        Optional<SyntaxNode> inDefault = parameter.defaultValue().filter(this::asks);
        return inDefault.isPresent() ? inDefault : parameter.annotation().flatMap(one -> inAnnotation(one, 0));
    }

    private Optional<SyntaxNode> inAnnotation(SyntaxNode annotation, int hops) {
        Optional<SyntaxNode> written = annotation.all("call").filter(this::asks).findFirst();
        if (written.isPresent() || hops > MOST_HOPS) {
            return written;
        }
        SyntaxNode name = annotation.is("type") && annotation.children().size() == 1
                ? annotation.children().get(0)
                : annotation;
        if (name.is("identifier", "attribute")) {
            for (PythonDefinition one : index.definitions(name)) {
                if (one instanceof Assignment alias && alias.value().isPresent()) {
                    Optional<SyntaxNode> found = inAnnotation(alias.value().get(), hops + 1);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean asks(SyntaxNode node) {
        if (!node.is("call")) {
            return false;
        }
        String called = node.child("function").map(index::externalName).orElse("");
        return called.startsWith("fastapi.") && (called.endsWith(".Depends") || called.endsWith(".Security"));
    }

    private Optional<Dependency> dependency(
            String parameter, SyntaxNode call, Optional<SyntaxNode> annotation, SyntaxNode at) {
        List<SyntaxNode> arguments = OwnCode.positional(call);
        Optional<SyntaxNode> wanted = arguments.isEmpty()
                ? OwnCode.named(call, "dependency")
                        .or(() -> annotation.flatMap(
                                one -> one.all("identifier", "attribute").findFirst()))
                : Optional.of(arguments.get(0));
        boolean early = OwnCode.named(call, "scope")
                .filter(scope -> OwnCode.string(scope).equals("function"))
                .isPresent();
        return wanted.flatMap(
                one -> function(one, 0).map(function -> new Dependency(parameter, function, one.text(), at, early)));
    }

    /** The function that runs when a dependency is asked for. */
    private Optional<PythonFunction> function(SyntaxNode wanted, int hops) {
        if (hops > MOST_HOPS) {
            return Optional.empty();
        }
        if (wanted.is("call")) { // a function or class that makes the dependency: require_role("admin")
            Optional<PythonDefinition> maker = wanted.child("function").flatMap(index::resolve);
            if (maker.isPresent() && maker.get() instanceof FunctionDefinition made) {
                return returned(made.function(), hops);
            }
            return maker.isPresent() && maker.get() instanceof ClassDefinition type
                    ? method(type.type(), "__call__")
                    : Optional.empty();
        }
        Optional<PythonDefinition> definition = index.resolve(wanted);
        if (definition.isPresent() && definition.get() instanceof FunctionDefinition found) {
            return Optional.of(found.function());
        }
        if (definition.isPresent() && definition.get() instanceof ClassDefinition type) {
            return method(type.type(), "__init__");
        }
        return definition.isPresent() && definition.get() instanceof Assignment assignment
                ? assignment.value().filter(one -> one.is("call")).flatMap(one -> function(one, hops + 1))
                : Optional.empty();
    }

    private Optional<PythonFunction> method(PythonClass type, String name) {
        return index.member(type, name).stream()
                .filter(FunctionDefinition.class::isInstance)
                .map(one -> ((FunctionDefinition) one).function())
                .findFirst();
    }

    private Optional<PythonFunction> returned(PythonFunction maker, int hops) {
        return OwnCode.body(maker.node(), "return_statement")
                .flatMap(statement -> statement.children().stream())
                .filter(value -> value.is("identifier", "call", "attribute"))
                .findFirst()
                .flatMap(value -> function(value, hops + 1));
    }
}
