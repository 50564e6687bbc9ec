package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Connections that code takes by hand: not given back on every way out, held across something slow, or two at once. */
final class ConnectionReader extends JavaShapeReader {

    ConnectionReader() {
        super(
                "ataSource.getConnection(",
                "DataSourceUtils.getConnection(",
                "getDataSource().getConnection(",
                "DataSource;");
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        Beans beans = Beans.of(index);
        Borrows borrows = new Borrows(beans.types());
        for (JavaClass in : file.classes()) {
            for (JavaMethod method : in.methods()) {
                method.body().ifPresent(body -> {
                    List<Taken> all = new ArrayList<>();
                    body.all("method_invocation")
                            .filter(call -> borrows.is(call, in)
                                    && file.around(call).filter(in::equals).isPresent())
                            .forEach(call -> all.add(Taken.by(call, method)));
                    all.forEach(taken -> one(taken, in, beans, facts));
                    nested(all, in, facts);
                });
            }
        }
    }

    private static void one(Taken taken, JavaClass in, Beans beans, Consumer<Fact> facts) {
        taken.lost()
                .ifPresent(what -> facts.accept(
                        shape(Shape.NOT_ALWAYS_CLOSED, in, taken.call(), what, true, List.of(step(taken)))));
        SlowCalls slow = new SlowCalls(beans);
        Optional<SyntaxNode> held = taken.held();
        held.stream()
                .flatMap(body -> Calls.within(body).stream())
                .filter(call -> call.start() > taken.call().end() && taken.holdsAt(call))
                .flatMap(call -> slow.what(call, in).stream()
                        .map(what -> shape(
                                Shape.HELD_ACROSS_SLOW,
                                in,
                                call,
                                what,
                                !Calls.conditional(call, held.orElseThrow()),
                                List.of(step(taken), new Step(what, call.origin())))))
                .findFirst()
                .ifPresent(facts);
    }

    /** A second connection of the same source while the first is held. */
    private static void nested(List<Taken> all, JavaClass in, Consumer<Fact> facts) {
        for (Taken first : all) {
            Optional<Taken> second = all.stream()
                    .filter(other -> other.call().start() > first.call().end())
                    .filter(other -> other.source().equals(first.source())
                            && !first.source().equals("DataSourceUtils"))
                    .filter(other -> first.held()
                            .filter(body -> body.contains(other.call()))
                            .isPresent())
                    .filter(other -> first.holdsAt(other.call()))
                    .findFirst();
            if (second.isPresent()) {
                facts.accept(shape(
                        Shape.NESTED_BORROW,
                        in,
                        second.get().call(),
                        called(second.get().call()) + " while " + first.variable() + " is held",
                        !Calls.conditional(second.get().call(), first.held().orElseThrow()),
                        List.of(
                                step(first),
                                new Step(
                                        "second connection from " + first.source(),
                                        second.get().call().origin()))));
                return;
            }
        }
    }

    private static Step step(Taken taken) {
        String variable = taken.variable().isEmpty() ? "connection" : taken.variable();
        return new Step(
                variable + " taken by " + called(taken.call()), taken.call().origin());
    }
}
