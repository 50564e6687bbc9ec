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

/** Vert.x: the pool is asked again by code that already holds one of its connections. */
final class VertxReader extends JavaShapeReader {

    private static final List<String> POOLS = List.of(
            "io.vertx.sqlclient.Pool",
            "io.vertx.pgclient.PgPool",
            "io.vertx.mysqlclient.MySQLPool",
            "io.vertx.jdbcclient.JDBCPool",
            "io.vertx.mutiny.sqlclient.Pool",
            "io.vertx.mutiny.pgclient.PgPool",
            "io.vertx.mutiny.mysqlclient.MySQLPool");

    VertxReader() {
        super(
                "io.vertx.sqlclient",
                "io.vertx.pgclient",
                "io.vertx.mutiny.",
                "io.vertx.mysqlclient",
                "io.vertx.jdbcclient");
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        Types types = Types.of(index);
        file.root()
                .all("method_invocation")
                .filter(call -> call.text("name").matches("withConnection|withTransaction|getConnection"))
                .forEach(call -> {
                    Optional<JavaClass> in = file.around(call);
                    boolean pool = in.isPresent()
                            && call.child("object")
                                    .flatMap(one -> types.of(one, in.get()))
                                    .filter(one -> one.isOneOf(POOLS))
                                    .isPresent();
                    if (pool) {
                        second(call)
                                .ifPresent(again -> facts.accept(shape(
                                        Shape.NESTED_BORROW,
                                        in.get(),
                                        again,
                                        called(again) + " asks the pool while a connection of it is held",
                                        true,
                                        List.of(
                                                new Step("connection taken by " + called(call), call.origin()),
                                                new Step("second connection for " + called(again), again.origin())))));
                    }
                });
    }

    /** A call on the pool itself within the functions that get the connection. */
    private static Optional<SyntaxNode> second(SyntaxNode call) {
        String pool = call.text("object");
        boolean chained = call.text("name").equals("getConnection");
        SyntaxNode at = call;
        for (int i = 0; chained && i < 50; i++) {
            Optional<SyntaxNode> up = at.parent().filter(one -> one.is("method_invocation"));
            if (up.isEmpty() || up.get().child("object").filter(at::equals).isEmpty()) {
                break;
            }
            at = up.get();
        }
        SyntaxNode whole = at;
        Optional<SyntaxNode> again = whole.all("lambda_expression")
                .flatMap(lambda -> lambda.all("method_invocation"))
                .filter(one -> one.text("object").equals(pool)
                        && one.start()
                                > call.child("object").map(SyntaxNode::end).orElse(0))
                .filter(one ->
                        one.text("name").matches("query|preparedQuery|withConnection|withTransaction|getConnection"))
                .findFirst();
        boolean closedBefore = again.isPresent()
                && whole.all("method_invocation")
                        .anyMatch(one -> one.text("name").matches("close|closeAndForget|eventually")
                                && one.end() < again.get().start()
                                && one.start() > call.start());
        return closedBefore ? Optional.empty() : again;
    }
}
