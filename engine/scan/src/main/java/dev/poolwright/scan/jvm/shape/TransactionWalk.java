package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the calls that are made while a transaction holds its connection, nearest first, through methods of this tree. It
 * does not enter methods that have a transaction of their own: those are walked by themselves.
 */
final class TransactionWalk {

    private static final int MOST_METHODS = 150;
    private static final int MOST_HOPS = 4;
    private static final int MOST_HOPS_TO_SLOW = 2;

    private final Beans beans;
    private final SlowCalls slow;
    private final String manager;
    private final List<Met> slowCalls = new ArrayList<>();
    private final List<Met> borrows = new ArrayList<>();

    /**
     * Something met on the way.
     *
     * @param call in {@code in}
     * @param first the call in the method where the transaction begins
     * @param hops methods entered to get there
     * @param always whether nothing on the way leaves open what runs: a choice of implementations, and for what is slow a
     *     condition too
     */
    record Met(
            SyntaxNode call, JavaClass in, SyntaxNode first, String what, int hops, boolean always, List<Step> steps) {}

    private record Frame(
            JavaClass in,
            SyntaxNode body,
            List<Step> steps,
            Optional<SyntaxNode> first,
            int hops,
            boolean always,
            boolean only,
            boolean suspended) {}

    TransactionWalk(Beans beans, String manager) {
        this.beans = beans;
        this.slow = new SlowCalls(beans);
        this.manager = manager;
    }

    void from(JavaClass in, SyntaxNode body, Step begun) {
        Set<SyntaxNode> seen = new HashSet<>();
        Deque<Frame> next =
                new ArrayDeque<>(List.of(new Frame(in, body, List.of(begun), Optional.empty(), 0, true, true, false)));
        while (!next.isEmpty() && seen.size() < MOST_METHODS) {
            Frame frame = next.poll();
            if (seen.add(frame.body())) {
                Calls.within(frame.body()).forEach(call -> call(call, frame, next));
            }
        }
    }

    private void call(SyntaxNode call, Frame frame, Deque<Frame> next) {
        boolean always = frame.always() && !Calls.conditional(call, frame.body());
        SyntaxNode first = frame.first().orElse(call);
        if (frame.hops() <= MOST_HOPS_TO_SLOW) {
            Optional<String> what = slow.what(call, frame.in());
            if (what.isPresent()) {
                List<Step> steps = with(frame.steps(), what.get(), call);
                slowCalls.add(new Met(call, frame.in(), first, what.get(), frame.hops(), always, steps));
                return;
            }
        }
        if (frame.hops() >= MOST_HOPS) {
            return;
        }
        for (Beans.Target target : beans.relevantTargets(call, frame.in())) {
            target(target, call, first, frame, always, next);
        }
    }

    private void target(
            Beans.Target target, SyntaxNode call, SyntaxNode first, Frame frame, boolean always, Deque<Frame> next) {
        JavaMethod method = target.method();
        if (method.annotation("Async").isPresent()) {
            return;
        }
        Optional<Transactions.Transaction> own = Transactions.of(target.owner(), method);
        String name = JavaShapeReader.subject(target.owner(), method);
        boolean away = own.filter(one -> one.kind() == Transactions.Kind.NEW || (frame.suspended() && one.holds()))
                .isPresent();
        if (target.proxied() && away) {
            if (sameManager(own.get())) {
                List<Step> steps = new ArrayList<>(with(frame.steps(), "calls " + name, call));
                String how = own.get().kind() == Transactions.Kind.NEW ? "REQUIRES_NEW" : "a transaction of its own";
                steps.add(new Step(
                        how + " takes a second connection",
                        own.get().annotation().origin()));
                borrows.add(new Met(
                        call,
                        frame.in(),
                        first,
                        name + " in " + how,
                        frame.hops(),
                        frame.only() && target.only(),
                        steps));
            }
            return;
        }
        boolean suspends = target.proxied()
                && own.filter(one -> one.kind() == Transactions.Kind.SUSPENDS).isPresent();
        boolean itself = own.filter(Transactions.Transaction::holds).isPresent();
        if ((itself && !frame.suspended()) || method.body().isEmpty()) {
            return;
        }
        String step = suspends ? "calls " + name + ", which puts the transaction aside" : "calls " + name;
        next.add(new Frame(
                target.owner(),
                method.body().get(),
                with(frame.steps(), step, call),
                Optional.of(first),
                frame.hops() + 1,
                always && target.only(),
                frame.only() && target.only(),
                frame.suspended() || suspends));
    }

    private boolean sameManager(Transactions.Transaction inner) {
        return inner.manager().equals(manager) && !Transactions.isOfAnotherStore(inner);
    }

    private static List<Step> with(List<Step> steps, String what, SyntaxNode at) {
        List<Step> all = new ArrayList<>(steps);
        all.add(new Step(what, at.origin()));
        return all;
    }

    /** Waits for something other than the database, nearest first. */
    List<Met> slowCalls() {
        return slowCalls;
    }

    /** Second connections, nearest first. */
    List<Met> borrows() {
        return borrows;
    }
}
