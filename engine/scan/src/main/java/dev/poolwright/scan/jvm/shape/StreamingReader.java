package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.jvm.source.JavaValues;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Web methods that stream after a query while the request keeps its entity manager ({@code spring.jpa.open-in-view}, on
 * unless it is switched off), and filters that keep it although the setting is off.
 */
final class StreamingReader extends JavaShapeReader {

    private static final String OPEN = "spring.jpa.open-in-view";
    private static final String FILTERS =
            "OpenEntityManagerInViewFilter|OpenSessionInViewFilter|OpenEntityManagerInViewInterceptor|OpenSessionInViewInterceptor";

    StreamingReader() {
        super("StreamingResponseBody", "SseEmitter", "InViewFilter", "InViewInterceptor");
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        Databases databases = new Databases(Types.of(index));
        for (JavaClass in : file.classes()) {
            AppSettings app = new JavaValues(index).settings(in);
            Optional<Value<Object>> open = app.value(OPEN);
            boolean off = open.flatMap(Value::single)
                    .filter(value -> String.valueOf(value).equals("false"))
                    .isPresent();
            if (off) {
                filters(in, open.orElseThrow(), facts);
            } else if (!app.under("spring.jpa").isEmpty()
                    && in.annotation("RestController", "Controller").isPresent()) {
                in.methods().forEach(method -> streams(in, method, databases, facts));
            }
        }
    }

    private static void filters(JavaClass in, Value<Object> open, Consumer<Fact> facts) {
        in.node()
                .all("object_creation_expression")
                .filter(one -> one.text("type").matches(FILTERS))
                .findFirst()
                .ifPresent(one -> facts.accept(shape(
                        Shape.HELD_WHILE_STREAMING,
                        in,
                        one,
                        one.text("type") + " does what " + OPEN + " = false switches off",
                        false,
                        List.of(
                                new Step(OPEN + " = false", open.origin()),
                                new Step("registered in code", one.origin())))));
    }

    private static void streams(JavaClass in, JavaMethod method, Databases databases, Consumer<Fact> facts) {
        if (!method.returns().matches("(ResponseEntity<)?(StreamingResponseBody|SseEmitter)>?")) {
            return;
        }
        method.body().stream()
                .flatMap(body -> Calls.within(body).stream())
                .filter(call -> databases.asks(call, in))
                .findFirst()
                .ifPresent(query -> facts.accept(shape(
                        Shape.HELD_WHILE_STREAMING,
                        in,
                        query,
                        method.returns() + " after " + called(query)
                                + ", with the entity manager open until the response ends",
                        false,
                        List.of(
                                new Step("asks the database: " + called(query), query.origin()),
                                new Step(
                                        "streams: " + method.returns(),
                                        method.node().origin())))));
    }
}
