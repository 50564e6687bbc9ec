package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Transactions whose work is a function: {@code prisma.$transaction(async (tx) => ...)}, {@code knex.transaction},
 * {@code sequelize.transaction}, {@code dataSource.transaction}, {@code db.transaction}, {@code sql.begin}. Within, the
 * transaction's connection is held: a query beside it takes a second one, and a slow call keeps it.
 */
final class TransactionReader extends NodeReader {

    private static final String HANDLES =
            "(?i)(.*[.])?(\\w*prisma\\w*|\\w*db|\\w*knex|sequelize|\\w*datasource|database|drizzle|sql|\\w*manager|orm|kysely|connection|\\w*prismaclient)";

    /** On one embedded database there is no pool to run out of. */
    private static final List<String> SERVERS = List.of(
            "pg",
            "postgres",
            "mysql2",
            "mysql",
            "mariadb",
            "@prisma/client",
            "@neondatabase/serverless",
            "tedious",
            "typeorm",
            "sequelize",
            "knex",
            "@vercel/postgres");

    TransactionReader() {
        super("$transaction(", ".transaction(", "sql.begin(");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeVersions versions = NodeVersions.of(project);
        if (!versions.isEmpty()
                && SERVERS.stream()
                        .noneMatch(one -> versions.nearest(module.file(), one).isPresent())) {
            return;
        }
        SlowCalls slow = new SlowCalls(new NodeNames(NodeIndex.of(project)));
        module.root().all("call_expression").forEach(call -> {
            Optional<SyntaxNode> receiver = Texts.receiver(call);
            if (receiver.isPresent()
                    && Texts.called(call).matches("\\$?transaction|begin")
                    && receiver.get().text().replaceAll("[\\s?!]", "").matches(HANDLES)) {
                work(call)
                        .ifPresent(function ->
                                within(module, slow, call, receiver.get().text(), function, facts));
            }
        });
    }

    /** The function that does the transaction's work, where it takes the transaction as a parameter. */
    private static Optional<SyntaxNode> work(SyntaxNode call) {
        for (int i = 0; i < 2; i++) {
            Optional<SyntaxNode> one = Texts.argument(call, i);
            if (one.isPresent() && one.get().is("arrow_function", "function_expression")) {
                boolean takes = one.get().child("parameter").isPresent()
                        || one.get()
                                .child("parameters")
                                .filter(all -> !all.children().isEmpty())
                                .isPresent();
                return takes ? one : Optional.empty();
            }
            if (one.isPresent() && one.get().is("string")) {
                return Optional.empty(); // IndexedDB and its like
            }
        }
        return Optional.empty();
    }

    private static void within(
            NodeModule module,
            SlowCalls slow,
            SyntaxNode call,
            String handle,
            SyntaxNode function,
            Consumer<Fact> facts) {
        Optional<SyntaxNode> body = function.child("body");
        if (body.isEmpty()) {
            return;
        }
        List<SyntaxNode> awaited = new ArrayList<>();
        body.get()
                .all("await_expression")
                .filter(one -> runsWithin(one, function))
                .forEach(awaited::add);
        Step held = new Step("transaction held by " + handle + "." + Texts.called(call), call.origin());
        Shapes.slow(module, slow, awaited, held, facts);
        String parameter = function.child("parameter")
                .or(() -> function.child("parameters")
                        .flatMap(all -> all.all("identifier").findFirst()))
                .map(SyntaxNode::text)
                .orElse("");
        for (SyntaxNode one : awaited) {
            Optional<SyntaxNode> beside = beside(one, handle, parameter);
            if (beside.isPresent()) {
                facts.accept(Shapes.shape(
                        Shape.NESTED_BORROW,
                        module,
                        beside.get(),
                        Texts.brief(beside.get()) + " beside the transaction " + parameter,
                        !handle.matches("(?i).*sequelize.*"),
                        List.of(
                                held,
                                new Step(
                                        "second connection through " + handle,
                                        beside.get().origin()))));
                return;
            }
        }
    }

    /** Not in a function that runs at some other time. */
    private static boolean runsWithin(SyntaxNode node, SyntaxNode function) {
        SyntaxNode at = node;
        for (int i = 0; i < 6; i++) {
            Optional<SyntaxNode> around = Functions.around(at);
            if (around.isEmpty()) {
                return false;
            }
            if (around.get() == function) {
                return true;
            }
            String called = around.get()
                    .parent()
                    .filter(up -> up.is("arguments"))
                    .flatMap(SyntaxNode::parent)
                    .map(Texts::called)
                    .orElse("");
            if (!called.matches("map|flatMap|forEach|reduce|all|allSettled|pMap")) {
                return false;
            }
            at = around.get();
        }
        return false;
    }

    /** A query that goes through the handle itself, and is not told of the transaction. */
    private static Optional<SyntaxNode> beside(SyntaxNode awaited, String handle, String parameter) {
        List<SyntaxNode> asked = new ArrayList<>();
        SyntaxNode inner = NodeNames.bare(awaited);
        if (inner.is("call_expression") && inner.text("function").startsWith("Promise.")) {
            Texts.argument(inner, 0).filter(one -> one.is("array")).ifPresent(array -> asked.addAll(array.children()));
        } else {
            asked.add(inner);
        }
        for (SyntaxNode one : asked) {
            SyntaxNode bare = NodeNames.bare(one);
            String text = bare.text();
            boolean through =
                    text.startsWith(handle + ".") || text.startsWith(handle + "(") || text.startsWith(handle + "`");
            boolean told = text.contains("transaction")
                    || text.contains("transacting")
                    || (!parameter.isEmpty()
                            && text.matches("(?s).*\\b" + java.util.regex.Pattern.quote(parameter) + "\\b.*"));
            boolean asks = bare.is("call_expression")
                    && !Texts.called(bare)
                            .matches(
                                    "\\$on|\\$use|on|emit|raw|ref|fn|destroy|\\$disconnect|release|getRepository|withSchema|escape|log|info|debug|invalidate\\w*");
            if (through && !told && asks) {
                return Optional.of(bare);
            }
        }
        return Optional.empty();
    }
}
