package dev.poolwright.scan.python;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Finds health checks that need a connection of the pool that requests use: a full pool then looks like a dead process. */
final class HealthCheckReader implements Reader {

    private static final Pattern HEALTH = Pattern.compile(
            "(?i)(/?(api|v\\d+|internal|system|common|status|public|_|health))*/?_?(health|healthz|health[-_]?check|livez?|liveness|readyz?|readiness|ping|alive|_health)(/(db|live|ready))?/?");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of("/health", "/ready", "/live", "/ping", "/alive", "healthcheck", "/_health"))
                .beside(ShapeFiles.WEB);
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        handles.index().module(file).stream()
                .flatMap(module -> module.functions().stream())
                .forEach(function -> {
                    Optional<String> path = Streams.route(function)
                            .flatMap(Streams::path)
                            .filter(one -> HEALTH.matcher(one).matches());
                    path.ifPresent(one -> handler(function, one, handles, file, facts));
                });
    }

    private static void handler(
            PythonFunction function, String path, Handles handles, SourceFile file, Consumer<Fact> facts) {
        List<Step> borrow = new ArrayList<>();
        List<String> pool = new ArrayList<>();
        HoldState start = HoldState.EMPTY;
        for (SessionChain.Link link : SessionChain.of(function, handles)) {
            String name = link.parameter().isEmpty()
                    ? "dependency " + link.generator().name()
                    : link.parameter();
            start = start.put(name, new Hold(link.handle(), link.used(), false, true, link.steps()));
            if (link.used() == Hold.Status.HELD) {
                borrow.addAll(link.steps());
                pool.add(link.handle().pool());
            }
        }
        HoldWatcher watcher = new HoldWatcher() {
            @Override
            public void borrowed(List<Step> hops, Hold hold) {
                if (pool.isEmpty()
                        && hold.handle().pooled()
                        && !(hold.given() && hold.handle().pool().isEmpty())
                        && !hold.handle().is(Handle.Kind.ATOMIC)) {
                    pool.add(hold.handle().pool());
                    borrow.addAll(hold.steps());
                    hops.stream().filter(one -> !borrow.contains(one)).forEach(borrow::add);
                }
            }
        };
        new HoldFlow(HoldCalls.everywhere(handles, watcher, function)).function(function.node(), start);
        if (pool.isEmpty()) {
            return;
        }
        boolean readiness = path.toLowerCase(java.util.Locale.ROOT).contains("read");
        SyntaxNode at = Streams.route(function).orElse(function.node());
        facts.accept(new CodeShape(
                Shape.POOL_IN_HEALTH_CHECK,
                ShapeFiles.subject(function),
                (readiness
                                ? "readiness "
                                : path.toLowerCase(java.util.Locale.ROOT).contains("liv") ? "liveness " : "health ")
                        + path,
                pool.get(0),
                !readiness,
                borrow,
                file.place(),
                at.origin()));
    }
}
