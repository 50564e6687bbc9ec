package dev.poolwright.scan.python;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A session or connection under a name of one function, and how that function ends it. */
final class Opening {

    private static final Set<String> CLOSES =
            Set.of("close", "aclose", "remove", "__exit__", "__aexit__", "invalidate");
    private static final Set<String> GIVES_BACK = Set.of("release", "putconn", "close", "closing", "aclosing");

    private static final Pattern CLOSING = Pattern.compile("\\b(close|release|putconn)\\(");

    private final Handles handles;
    private final PythonFunction function;
    private final SyntaxNode assignment;
    private final Handle handle;
    private final String name;

    Opening(Handles handles, PythonFunction function, SyntaxNode assignment, Handle handle) {
        this.handles = handles;
        this.function = function;
        this.assignment = assignment;
        this.handle = handle;
        this.name = assignment.text("left");
    }

    void judge(SourceFile file, Consumer<Fact> facts) {
        boolean onOther =
                handle.is(Handle.Kind.SESSION) && handle.pool().isEmpty(); // perhaps over a connection of somebody else
        if (onOther || passesOn()) {
            return;
        }
        List<SyntaxNode> closes = closes();
        String what = handle.is(Handle.Kind.CONNECTION) ? "connection" : "session";
        if (closes.isEmpty()) {
            report(what + " is opened and never closed", List.of(), file, facts);
            return;
        }
        boolean guarded = closes.stream()
                .anyMatch(one -> one.above("finally_clause", "except_clause", "with_statement", "function_definition")
                        .filter(up -> !up.is("function_definition"))
                        .isPresent());
        if (guarded) {
            return;
        }
        SyntaxNode last = closes.get(closes.size() - 1);
        Optional<SyntaxNode> early = OwnCode.body(function.node(), "return_statement")
                .filter(one -> one.start() > assignment.end() && one.end() < last.start())
                .filter(one -> closes.stream().noneMatch(close -> precedes(close, one)))
                .findFirst();
        if (early.isPresent()) {
            report(
                    what + " is not closed by the return before the close",
                    List.of(new Step("returns without closing", early.get().origin()), closing(last)),
                    file,
                    facts);
        } else if (asksBetween(last)) {
            report(
                    what + " is closed on the good way only: an exception leaves it open",
                    List.of(closing(last)),
                    file,
                    facts);
        }
    }

    private static Step closing(SyntaxNode close) {
        return new Step("closed here, outside finally", close.origin());
    }

    /** Whether something stands between that can fail. */
    private boolean asksBetween(SyntaxNode last) {
        return OwnCode.body(function.node(), "call")
                .filter(one -> one.start() > assignment.end() && one.end() < last.start())
                .anyMatch(one -> one.text("function").startsWith(name + ".") || takes(one));
    }

    /** Whether a close stands in the same run of statements before a return. */
    private static boolean precedes(SyntaxNode close, SyntaxNode way) {
        return close.end() < way.start()
                && close.above("block").filter(block -> block.contains(way)).isPresent();
    }

    private List<SyntaxNode> closes() {
        List<SyntaxNode> found = new ArrayList<>();
        OwnCode.body(function.node(), "call")
                .filter(one -> one.start() > assignment.start())
                .forEach(call -> {
                    SyntaxNode called = call.child("function").orElse(call);
                    boolean own = called.is("attribute")
                            && called.text("object").equals(name)
                            && CLOSES.contains(called.text("attribute"));
                    String last = called.is("attribute") ? called.text("attribute") : called.text();
                    boolean given = (GIVES_BACK.contains(last) || last.contains("close")) && takes(call);
                    if (own || given) {
                        found.add(call);
                    }
                });
        OwnCode.body(function.node(), "with_item")
                .filter(item -> item.all("identifier")
                        .anyMatch(one -> one.text().equals(name)
                                && one.parent()
                                        .filter(up -> !up.is("attribute"))
                                        .isPresent()))
                .forEach(found::add);
        return found;
    }

    private boolean takes(SyntaxNode call) {
        return call.child("arguments").stream()
                .flatMap(one -> one.children().stream())
                .map(one -> one.is("keyword_argument") ? one.text("value") : one.text())
                .anyMatch(name::equals);
    }

    /** Whether the function leaves the end to somebody else: returned, yielded, stored, used by a function within. */
    private boolean passesOn() {
        boolean declared = OwnCode.body(function.node(), "global_statement", "nonlocal_statement")
                .anyMatch(one ->
                        one.children().stream().anyMatch(child -> child.text().equals(name)));
        return declared
                || function.body().stream()
                        .flatMap(SyntaxNode::all)
                        .filter(one ->
                                one.is("identifier") && one.text().equals(name) && one.start() > assignment.end())
                        .anyMatch(this::isPassedOn);
    }

    private boolean isPassedOn(SyntaxNode use) {
        if (use.above("function_definition", "lambda")
                .filter(up -> up != function.node())
                .isPresent()) {
            return true;
        }
        SyntaxNode up = use.parent().orElse(use);
        if (up.is("attribute")) {
            // the method itself is handed over: atexit.register(session.close)
            return use.field().equals("object")
                    && up.parent()
                            .filter(one ->
                                    one.is("argument_list", "assignment", "keyword_argument", "return_statement"))
                            .isPresent()
                    && CLOSES.contains(up.text("attribute"));
        }
        if (up.is(
                "return_statement",
                "yield",
                "expression_list",
                "tuple",
                "list",
                "dictionary",
                "pair",
                "set",
                "assignment",
                "named_expression",
                "list_comprehension")) {
            return !(up.is("assignment") && use.field().equals("left"));
        }
        if (up.is("keyword_argument", "argument_list", "conditional_expression", "boolean_operator")) {
            return handedOn(use);
        }
        return false;
    }

    /** Whether the call that takes it keeps it: it is stored or returned itself, or it registers what is to be closed. */
    private boolean handedOn(SyntaxNode use) {
        Optional<SyntaxNode> call = use.above("call");
        if (call.isEmpty()) {
            return true;
        }
        String called = call.get().text("function");
        String last = called.substring(called.lastIndexOf('.') + 1);
        if (last.matches(
                "enter_context|enter_async_context|push|callback|register|append|add|put|put_nowait|setattr|set")) {
            return true;
        }
        boolean kept = call.get()
                .above("return_statement", "yield", "assignment", "block")
                .filter(one -> one.is("return_statement", "yield") || one.is("assignment"))
                .isPresent();
        boolean isObject = call.flatMap(handles::of)
                        .filter(one -> one.is(Handle.Kind.OBJECT))
                        .isPresent()
                || Character.isUpperCase(last.isEmpty() ? 'a' : last.charAt(0));
        boolean closesIt = call.get()
                .child("function")
                .flatMap(handles::target)
                .filter(one -> CLOSING.matcher(one.node().text()).find())
                .isPresent();
        return (kept && isObject) || closesIt;
    }

    private void report(String what, List<Step> more, SourceFile file, Consumer<Fact> facts) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(
                name + " from " + HoldCalls.shorten(assignment.child("right").orElse(assignment)),
                assignment.origin()));
        steps.addAll(more);
        facts.accept(new CodeShape(
                Shape.NOT_ALWAYS_CLOSED,
                ShapeFiles.subject(function),
                what,
                handle.pool(),
                true,
                steps,
                file.place(),
                assignment.origin()));
    }
}
