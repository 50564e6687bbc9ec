package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.jvm.source.JavaValues;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Transactions that hold their connection across something slow, or while another begins on a second connection. */
final class TransactionReader extends JavaShapeReader {

    private static final String DELAYED = "spring.jpa.properties.hibernate.connection.provider_disables_autocommit";

    TransactionReader() {
        super("@Transactional", "TransactionTemplate");
    }

    @Override
    boolean worthParsing(SourceFile file, Project project) {
        return Relevance.of(project).reaches(file, 2);
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        Set<Origin> told = new HashSet<>();
        for (JavaClass in : file.classes()) {
            for (JavaMethod method : in.methods()) {
                Optional<Transactions.Transaction> transaction =
                        Transactions.of(in, method).filter(one -> one.holds() && !Transactions.isOfAnotherStore(one));
                if (transaction.isPresent() && method.body().isPresent()) {
                    Step begun = new Step(
                            "transaction begins: @Transactional",
                            transaction.get().annotation().origin());
                    walk(in, method.body().get(), begun, transaction.get().manager(), index, told, facts);
                    afterCommit(in, method, transaction.get(), facts);
                    templateOnTop(in, method, begun, index, facts);
                } else {
                    method.body().ifPresent(body -> templates(in, body, index, told, facts));
                }
            }
        }
    }

    private static void walk(
            JavaClass in,
            SyntaxNode body,
            Step begun,
            String manager,
            JavaIndex index,
            Set<Origin> told,
            Consumer<Fact> facts) {
        TransactionWalk walk = new TransactionWalk(Beans.of(index), manager);
        walk.from(in, body, begun);
        walk.borrows().stream()
                .filter(met -> told.add(met.call().origin()))
                .forEach(met -> facts.accept(
                        shape(Shape.NESTED_BORROW, in, met.first(), met.what(), met.always(), met.steps())));
        walk.slowCalls().stream()
                .filter(met -> !told.contains(met.call().origin()))
                .limit(1)
                .forEach(met -> {
                    told.add(met.call().origin());
                    boolean certain = met.always() && met.hops() <= 1 && !delayed(in, index);
                    facts.accept(shape(Shape.HELD_ACROSS_SLOW, in, met.first(), met.what(), certain, met.steps()));
                });
    }

    /** Whether Hibernate takes the connection with the first statement only. */
    private static boolean delayed(JavaClass in, JavaIndex index) {
        return new JavaValues(index)
                .settings(in)
                .value(DELAYED)
                .flatMap(Value::single)
                .filter(value -> String.valueOf(value).equals("true"))
                .isPresent();
    }

    /** The connection of the transaction that published the event is given back only after its listeners. */
    private static void afterCommit(
            JavaClass in, JavaMethod method, Transactions.Transaction transaction, Consumer<Fact> facts) {
        method.annotation("TransactionalEventListener")
                .filter(one -> transaction.kind() == Transactions.Kind.NEW)
                .filter(one -> method.annotation("Async").isEmpty()
                        && in.annotation("Async").isEmpty())
                .filter(one -> !String.valueOf(
                                Optional.ofNullable(one.arguments().get("phase"))
                                        .map(SyntaxNode::text))
                        .contains("BEFORE_COMMIT"))
                .ifPresent(one -> facts.accept(shape(
                        Shape.NESTED_BORROW,
                        in,
                        method.body().orElse(method.node()),
                        "a listener after commit in REQUIRES_NEW, while the publisher's connection is not yet given back",
                        false,
                        List.of(
                                new Step(
                                        "runs inside the publisher's transaction: @TransactionalEventListener",
                                        one.origin()),
                                new Step(
                                        "REQUIRES_NEW takes a second connection",
                                        transaction.annotation().origin())))));
    }

    private static boolean isTemplate(SyntaxNode call, JavaClass in, JavaIndex index) {
        return call.is("method_invocation")
                && call.text("name").matches("execute|executeWithoutResult")
                && call.child("object")
                        .flatMap(object -> Types.of(index).of(object, in))
                        .filter(type -> type.isOneOf(List.of(
                                "org.springframework.transaction.support.TransactionTemplate",
                                "org.springframework.transaction.support.TransactionOperations")))
                        .isPresent();
    }

    private static void templates(
            JavaClass in, SyntaxNode body, JavaIndex index, Set<Origin> told, Consumer<Fact> facts) {
        body.all("method_invocation")
                .filter(call -> isTemplate(call, in, index))
                .forEach(call -> Calls.arguments(call).stream()
                        .filter(argument -> argument.is("lambda_expression"))
                        .flatMap(lambda -> lambda.child("body").stream())
                        .forEach(inside -> walk(
                                in,
                                inside,
                                new Step("transaction begins: " + called(call), call.origin()),
                                "",
                                index,
                                told,
                                facts)));
    }

    /** A template set to REQUIRES_NEW that runs in a method that has a transaction already. */
    private static void templateOnTop(
            JavaClass in, JavaMethod method, Step begun, JavaIndex index, Consumer<Fact> facts) {
        Calls.within(method.body().orElseThrow()).stream()
                .filter(call ->
                        isTemplate(call, in, index) && isNew(call.text("object").replace("this.", ""), in))
                .findFirst()
                .ifPresent(call -> facts.accept(shape(
                        Shape.NESTED_BORROW,
                        in,
                        call,
                        called(call) + " in REQUIRES_NEW",
                        true,
                        List.of(begun, new Step("REQUIRES_NEW takes a second connection", call.origin())))));
    }

    private static boolean isNew(String template, JavaClass in) {
        return in.node()
                .all("method_invocation")
                .filter(call -> call.text("name").matches("setPropagationBehavior(Name)?"))
                .filter(call -> call.text("object").replace("this.", "").equals(template))
                .anyMatch(call -> call.text("arguments").contains("REQUIRES_NEW"));
    }
}
