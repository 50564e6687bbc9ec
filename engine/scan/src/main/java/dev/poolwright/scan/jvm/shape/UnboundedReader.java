package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Executors without a bound that run database work. Parallel streams and {@code supplyAsync} without an executor are not
 * among them: the common pool bounds them by the number of processors.
 */
final class UnboundedReader extends JavaShapeReader {

    private static final String EXECUTORS =
            "(?s).*\\b(newCachedThreadPool|newVirtualThreadPerTaskExecutor|newThreadPerTaskExecutor)\\(.*";

    UnboundedReader() {
        super("newCachedThreadPool", "newVirtualThreadPerTaskExecutor", "newThreadPerTaskExecutor");
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        Beans beans = Beans.of(index);
        Databases databases = new Databases(beans.types());
        boolean bounded = file.root()
                .all("type_identifier")
                .anyMatch(one -> one.text().matches("Semaphore|RateLimiter|Bulkhead"));
        if (bounded) {
            return;
        }
        file.root()
                .all("variable_declarator", "resource", "assignment_expression")
                .forEach(one -> {
                    Optional<SyntaxNode> made = one.child(one.is("assignment_expression") ? "right" : "value")
                            .filter(value -> value.is("method_invocation")
                                    && value.text().matches(EXECUTORS));
                    String name = (one.is("assignment_expression") ? one.text("left") : one.text("name"))
                            .replace("this.", "");
                    made.ifPresent(value -> file.root()
                            .all("method_invocation")
                            .filter(call -> submits(call, name))
                            .flatMap(call -> told(call, value, file, databases, beans).stream())
                            .findFirst()
                            .ifPresent(facts));
                });
    }

    /** {@code executor.submit(work)}, or {@code supplyAsync(work, executor)}. */
    private static boolean submits(SyntaxNode call, String executor) {
        boolean own = call.text("object").replace("this.", "").equals(executor)
                && call.text("name").matches("submit|execute");
        boolean handed = call.text("name").matches("supplyAsync|runAsync")
                && Calls.arguments(call).stream()
                        .anyMatch(one -> one.text().replace("this.", "").equals(executor));
        return own || handed;
    }

    private static Optional<Fact> told(
            SyntaxNode call, SyntaxNode made, JavaFile file, Databases databases, Beans beans) {
        Optional<JavaClass> in = file.around(call);
        boolean many = call.above("for_statement", "enhanced_for_statement", "while_statement", "lambda_expression")
                .isPresent();
        if (in.isEmpty()) {
            return Optional.empty();
        }
        return Calls.arguments(call).stream()
                .filter(one -> one.is("lambda_expression"))
                .flatMap(work -> work.child("body").stream())
                .flatMap(work -> asks(work, in.get(), databases, beans).stream())
                .findFirst()
                .map(query -> shape(
                        Shape.UNBOUNDED_CALLERS,
                        in.get(),
                        call,
                        called(query) + " on " + brief(made),
                        many,
                        List.of(
                                new Step("no bound: " + brief(made), made.origin()),
                                new Step("work handed to it by " + called(call), call.origin()),
                                new Step("asks the database: " + called(query), query.origin()))));
    }

    /** A query of the work itself, or of a method of the same class that it calls. */
    private static Optional<SyntaxNode> asks(SyntaxNode work, JavaClass in, Databases databases, Beans beans) {
        List<SyntaxNode> calls = work.all("method_invocation").limit(200).toList();
        return calls.stream()
                .filter(one -> databases.asks(one, in))
                .findFirst()
                .or(() -> calls.stream()
                        .flatMap(one -> beans.targets(one, in).stream())
                        .filter(target -> !target.proxied())
                        .flatMap(target -> target.method().body().stream()
                                .flatMap(body -> Calls.within(body).stream())
                                .filter(one -> databases.asks(one, target.owner())))
                        .findFirst());
    }
}
