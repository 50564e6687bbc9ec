package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.python.Dependencies.Dependency;
import dev.poolwright.scan.python.Handle.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions that FastAPI opens before a handler runs and closes after it, at any depth of its dependencies, and whether a
 * connection is out when the handler begins.
 */
final class SessionChain {

    private static final int MOST_DEPENDENCIES = 60;

    private final Handles handles;
    private final Map<PythonFunction, Link> links = new LinkedHashMap<>();
    private final Set<PythonFunction> seen = new HashSet<>();

    /**
     * A session that a handler's dependencies hold.
     *
     * @param generator that yields it
     * @param handle what it yields
     * @param parameter of the handler that takes it; empty when only dependencies see it
     * @param used whether a dependency has queried with it and leaves the connection out
     * @param steps from the handler to the generator
     */
    record Link(PythonFunction generator, Handle handle, String parameter, Hold.Status used, List<Step> steps) {}

    private SessionChain(Handles handles) {
        this.handles = handles;
    }

    static List<Link> of(PythonFunction handler, Handles handles) {
        SessionChain chain = new SessionChain(handles);
        List<Dependency> first = new ArrayList<>(handles.dependencies().of(handler));
        first.addAll(handles.dependencies().around(handler));
        first.forEach(one -> chain.follow(one, true, List.of()));
        return List.copyOf(chain.links.values());
    }

    private void follow(Dependency dependency, boolean direct, List<Step> above) {
        PythonFunction function = dependency.function();
        if (dependency.early() || seen.size() > MOST_DEPENDENCIES) {
            return;
        }
        List<Step> steps = new ArrayList<>(above);
        String taken = dependency.parameter().isEmpty() ? "" : dependency.parameter() + " = ";
        steps.add(new Step(
                taken + "Depends(" + dependency.written() + ")", dependency.at().origin()));
        Optional<Handle> given = handles.result(function)
                .filter(one -> one.is(Kind.GENERATOR, Kind.CONTEXT))
                .flatMap(Handle::inner)
                .filter(one -> one.is(Kind.SESSION, Kind.CONNECTION, Kind.REGISTRY));
        if (given.isPresent()) {
            steps.add(new Step(
                    function.name() + " yields a " + (given.get().is(Kind.CONNECTION) ? "connection" : "session"),
                    function.node().origin()));
            Link link = links.get(function);
            Hold.Status used =
                    given.get().is(Kind.CONNECTION) ? Hold.Status.HELD : link == null ? Hold.Status.FREE : link.used();
            String parameter = direct ? dependency.parameter() : link == null ? "" : link.parameter();
            links.put(
                    function,
                    new Link(function, given.get(), parameter, used, link == null || direct ? steps : link.steps()));
        }
        if (!seen.add(function)) {
            return;
        }
        List<Dependency> further = handles.dependencies().of(function);
        for (Dependency one : further) {
            follow(one, false, steps);
        }
        mark(function, further);
    }

    /** Notes which sessions a dependency itself leaves with a connection out. */
    private void mark(PythonFunction function, List<Dependency> further) {
        if (links.isEmpty() || further.isEmpty()) {
            return;
        }
        HoldState end = new HoldFlow(new HoldCalls(handles, new HoldWatcher() {}, function))
                .function(function.node(), HoldState.EMPTY);
        for (Dependency one : further) {
            Link link = links.get(one.function());
            Optional<Hold> hold = end.get(one.parameter()).filter(found -> found.status() != Hold.Status.FREE);
            if (link != null && hold.isPresent() && link.used() != Hold.Status.HELD) {
                List<Step> all = new ArrayList<>(link.steps());
                hold.get().steps().stream()
                        .skip(1)
                        .filter(step -> !all.contains(step))
                        .forEach(all::add);
                links.put(
                        one.function(),
                        new Link(
                                link.generator(),
                                link.handle(),
                                link.parameter(),
                                hold.get().status(),
                                all));
            }
        }
    }
}
