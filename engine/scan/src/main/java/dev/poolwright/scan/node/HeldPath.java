package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows one borrowed connection through the statements of its block, branch by branch: where it is still held when a way leads
 * out, and what is awaited while it is held. Only an awaited call is taken to fail. Where the connection gets out of sight
 * (returned, stored, given back by a callback) nothing is said.
 */
final class HeldPath {

    private static final int NOT_YET = 4;
    private static final int HELD = 1;
    private static final int GIVEN_BACK = 2;

    private final Borrow borrow;
    private final List<SyntaxNode> awaited = new ArrayList<>();
    private @Nullable SyntaxNode failing;
    private @Nullable SyntaxNode leaving;
    private int thrown;
    private int guarded;
    private boolean outOfSight;
    private boolean atEnd;

    private HeldPath(Borrow borrow) {
        this.borrow = borrow;
    }

    /** Empty where the connection gets out of sight, or its block is not found. */
    static Optional<HeldPath> of(NodeModule module, Borrow borrow) {
        Optional<SyntaxNode> function = Functions.around(borrow.call());
        if (function.isEmpty()) {
            return Optional.empty();
        }
        SyntaxNode block = borrow.call().above("statement_block").orElse(function.get());
        Optional<Binding> binding = module.bindings().at(borrow.call(), borrow.name());
        if (binding.isPresent() && binding.get() instanceof Binding.Variable variable) {
            block = variable.name().above("statement_block", "program").orElse(block);
        } else {
            return Optional.empty();
        }
        if (!function.get().contains(block)) {
            return Optional.empty(); // kept outside the function
        }
        HeldPath path = new HeldPath(borrow);
        if (path.escapes(function.get())) {
            return Optional.empty();
        }
        int out = path.block(block, NOT_YET);
        path.atEnd = (out & HELD) != 0;
        return path.outOfSight ? Optional.empty() : Optional.of(path);
    }

    /** What can fail while it is held, so that the way to where it is given back is missed. */
    Optional<SyntaxNode> failing() {
        return (thrown & HELD) != 0 ? Optional.ofNullable(failing) : Optional.empty();
    }

    /** A return that is reached while it is held. */
    Optional<SyntaxNode> leaving() {
        return Optional.ofNullable(leaving);
    }

    /** Whether the end of its block is reached while it is held. */
    boolean isHeldAtEnd() {
        return atEnd;
    }

    /** Awaited calls while it is held. */
    List<SyntaxNode> awaited() {
        return awaited;
    }

    /** Whether any statement of the function gives it back, other than one for failures alone. */
    static boolean isEverGivenBack(Borrow borrow) {
        return Functions.around(borrow.call())
                .filter(function -> function.all("call_expression")
                        .filter(borrow::isGivenBackBy)
                        .anyMatch(call -> Functions.around(call)
                                .filter(inner -> inner != function && isForFailures(inner))
                                .isEmpty()))
                .isPresent();
    }

    private boolean escapes(SyntaxNode function) {
        return function.all("identifier", "shorthand_property_identifier")
                .filter(use -> use.text().equals(borrow.name())
                        && use.start() > borrow.call().end())
                .anyMatch(this::isGivenAway);
    }

    private boolean escapesIn(SyntaxNode use) {
        SyntaxNode at = use;
        for (int i = 0; i < 16 && at.parent().isPresent(); i++) {
            SyntaxNode up = at.parent().get();
            switch (up.type()) {
                case "member_expression",
                        "expression_statement",
                        "if_statement",
                        "unary_expression",
                        "subscript_expression" -> {
                    return false;
                }
                case "new_expression" -> {
                    return true;
                }
                case "arguments" -> {
                    Optional<SyntaxNode> call = up.parent();
                    if (call.filter(one -> one.is("new_expression")).isPresent()) {
                        return true;
                    }
                    return call.flatMap(SyntaxNode::parent)
                            .filter(one -> one.is("return_statement", "arrow_function"))
                            .isPresent();
                }
                case "return_statement", "variable_declarator", "arrow_function", "yield_expression" -> {
                    return true;
                }
                case "assignment_expression" -> {
                    return up.child("right").filter(at::equals).isPresent();
                }
                default -> at = up;
            }
        }
        return false;
    }

    /** Given away, or given back by a function that runs at some other time. */
    private boolean isGivenAway(SyntaxNode use) {
        if (use.above(Functions.TYPES).equals(Functions.around(borrow.call()))) {
            return escapesIn(use);
        }
        Optional<SyntaxNode> inner = Functions.around(use);
        return inner.isPresent()
                && inner.get().all("call_expression").anyMatch(borrow::isGivenBackBy)
                && !isForFailures(inner.get());
    }

    /** A callback that only runs when something went wrong: it gives back nothing on the way that is meant. */
    private static boolean isForFailures(SyntaxNode callback) {
        boolean throwsAfter = callback.child("body").stream()
                .flatMap(body -> body.children().stream())
                .anyMatch(one -> one.is("throw_statement"));
        boolean event = callback.parent()
                .filter(up -> up.is("arguments"))
                .flatMap(SyntaxNode::parent)
                .filter(call -> Texts.called(call).matches("on|once|addEventListener|addListener"))
                .flatMap(call -> Texts.argument(call, 0))
                .filter(name -> name.text().matches("['\"`](error|abort|aborted|timeout)['\"`]"))
                .isPresent();
        return throwsAfter || event;
    }

    private int block(SyntaxNode block, int in) {
        int state = in;
        for (SyntaxNode statement : block.children()) {
            state = statement(statement, state);
        }
        return state;
    }

    private int statement(SyntaxNode node, int in) {
        if (in == 0) {
            return 0; // not reached
        }
        return switch (node.type()) {
            case "statement_block" -> block(node, in);
            case "try_statement" -> tried(node, in);
            case "if_statement" -> branched(node, in);
            case "for_statement", "for_in_statement", "while_statement", "do_statement" ->
                in
                        | node.child("body")
                                .map(body -> statement(body, simple(head(node, body), in)))
                                .orElse(in);
            case "switch_statement" -> switched(node, in);
            case "labeled_statement" ->
                node.child("body").map(body -> statement(body, in)).orElse(in);
            case "return_statement" -> {
                int out = simple(node, in);
                if ((out & HELD) != 0 && guarded == 0 && leaving == null) {
                    leaving = node;
                }
                yield 0;
            }
            case "throw_statement" -> {
                fail(node, simple(node, in));
                yield 0;
            }
            case "else_clause" -> block(node, in);
            case "function_declaration", "class_declaration", "comment" -> in;
            default -> simple(node, in);
        };
    }

    /** What stands before the body of a loop; the loop's body where there is nothing. */
    private static SyntaxNode head(SyntaxNode loop, SyntaxNode body) {
        return loop.children().stream()
                .filter(one -> one != body && !one.is("comment", "identifier"))
                .findFirst()
                .filter(one -> !one.contains(body))
                .orElse(loop.children().getFirst());
    }

    private int branched(SyntaxNode node, int in) {
        String condition = node.text("condition");
        int after = node.child("condition").map(one -> simple(one, in)).orElse(in);
        boolean missing = condition.matches("(?s)\\(\\s*!\\s*" + borrow.name() + "\\s*\\)");
        int yes = missing
                ? 0
                : node.child("consequence").map(one -> statement(one, after)).orElse(after);
        boolean there = condition.matches("(?s)\\(\\s*" + borrow.name() + "\\b.*\\)");
        int no = node.child("alternative").map(one -> statement(one, after)).orElse(there ? after & ~HELD : after);
        return yes | no;
    }

    private int switched(SyntaxNode node, int in) {
        int out = in;
        for (SyntaxNode one : node.child("body").map(SyntaxNode::children).orElse(List.of())) {
            out |= block(one, in);
        }
        return out;
    }

    private int tried(SyntaxNode node, int in) {
        Optional<SyntaxNode> last = node.child("finalizer");
        boolean gives = last.filter(one -> one.all("call_expression").anyMatch(borrow::isGivenBackBy)
                        || one.text().matches("(?s).*\\b(release|rollback|commit)\\w*\\(.*"))
                .isPresent();
        guarded += gives ? 1 : 0;
        int before = thrown;
        SyntaxNode failingBefore = failing;
        thrown = 0;
        int out = node.child("body").map(body -> statement(body, in)).orElse(in);
        Optional<SyntaxNode> handler = node.child("handler");
        if (handler.isPresent()) {
            int caught = thrown;
            thrown = 0;
            if ((before & HELD) == 0) {
                failingBefore = (caught & HELD) != 0 ? failing : failingBefore;
            }
            out |= handler.get()
                    .child("body")
                    .map(body -> statement(body, caught))
                    .orElse(caught);
        }
        guarded -= gives ? 1 : 0;
        thrown = gives ? before : before | thrown;
        if (failing == null) {
            failing = failingBefore;
        }
        return gives ? out == 0 ? 0 : GIVEN_BACK : last.map(one -> out(one, in)).orElse(out);
    }

    private int out(SyntaxNode finalizer, int in) {
        return finalizer.child("body").map(body -> statement(body, in)).orElse(in);
    }

    private int simple(SyntaxNode node, int in) {
        boolean borrows = node.contains(borrow.call());
        boolean gives = false;
        boolean held = (in & HELD) != 0;
        for (SyntaxNode one : Functions.own(node).toList()) {
            if (one.is("call_expression") && borrow.isGivenBackBy(one)) {
                gives = true;
            } else if (one.is("call_expression") && one.text("function").equals("process.exit")) {
                return 0;
            }
        }
        if (held && !gives && !borrows) {
            for (SyntaxNode one : Functions.own(node)
                    .filter(each -> each.is("await_expression"))
                    .toList()) {
                awaited.add(one);
                if (!one.text().matches("(?s)await\\s+" + borrow.name() + "\\.(connect|startTransaction)\\(.*")) {
                    fail(one, in); // what only begins to use it is a part of taking it
                }
            }
        }
        return borrows ? HELD : gives ? GIVEN_BACK : in;
    }

    private void fail(SyntaxNode node, int state) {
        if (guarded == 0 || (state & HELD) == 0) {
            thrown |= state;
            if (failing == null && (state & HELD) != 0) {
                failing = node;
            }
        } else {
            thrown |= GIVEN_BACK;
        }
    }
}
