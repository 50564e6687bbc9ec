package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.source.JavaAnnotation;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Health checks written as web methods, or as MicroProfile's liveness checks, that query the database. */
final class HealthReader extends JavaShapeReader {

    private static final String PATH = "(?i)(.*/)?(health|healthz|healthcheck|health-check|live|livez|liveness|ping)/?";
    private static final String[] MAPPINGS = {"GetMapping", "RequestMapping", "Path", "Get"};

    HealthReader() {
        super("\"/health", "\"health", "\"/live", "\"/ping\"", "@Liveness");
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        Databases databases = new Databases(Types.of(index));
        for (JavaClass in : file.classes()) {
            boolean live = in.annotation("Liveness").isPresent();
            Optional<JavaAnnotation> base = in.annotation("RequestMapping", "Path", "Controller");
            for (JavaMethod method : in.methods()) {
                Optional<JavaAnnotation> mapping = live && method.name().equals("call")
                        ? in.annotation("Liveness")
                        : method.annotation(MAPPINGS).filter(one -> isHealth(base, one));
                mapping.flatMap(at -> query(method, in, databases)
                                .map(query -> shape(
                                        Shape.POOL_IN_HEALTH_CHECK,
                                        in,
                                        query,
                                        called(query),
                                        live || at.text("value", "path", "uri").matches("(?i).*live.*"),
                                        List.of(
                                                new Step(
                                                        "health check " + (live ? "@Liveness" : path(base, at)),
                                                        at.origin()),
                                                new Step("asks the database: " + called(query), query.origin())))))
                        .ifPresent(facts);
            }
        }
    }

    private static String path(Optional<JavaAnnotation> base, JavaAnnotation mapping) {
        String start = base.map(one -> one.text("value", "path", "uri")).orElse("");
        String end = mapping.text("value", "path", "uri");
        return (start + (end.isEmpty() || end.startsWith("/") ? "" : "/") + end).replace("//", "/");
    }

    private static boolean isHealth(Optional<JavaAnnotation> base, JavaAnnotation mapping) {
        return path(base, mapping).matches(PATH);
    }

    private static Optional<SyntaxNode> query(JavaMethod method, JavaClass in, Databases databases) {
        return method.body().stream()
                .flatMap(body -> Calls.within(body).stream())
                .filter(call -> databases.asks(call, in))
                .findFirst();
    }
}
