package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a function statement by statement and knows at each point which connections are out: both ways of an {@code if} are
 * walked and joined, loops are walked twice, a {@code finally} counts for every way out. What an expression does is
 * {@link HoldCalls}' part.
 */
final class HoldFlow {

    private static final int DEEPEST = 40;

    private final HoldCalls calls;
    private final List<HoldState> exits = new ArrayList<>();
    private final List<HoldState> breaks = new ArrayList<>();
    private int depth;

    HoldFlow(HoldCalls calls) {
        this.calls = calls;
    }

    /** The state in which a function ends, whichever way it returns; dead when it never does. */
    HoldState function(SyntaxNode function, HoldState in) {
        HoldState out = function.child("body").map(body -> block(body, in)).orElse(in);
        for (HoldState exit : exits) {
            out = out.join(exit);
        }
        return out;
    }

    private HoldState block(SyntaxNode block, HoldState in) {
        HoldState state = in;
        if (++depth > DEEPEST) {
            depth--;
            return state;
        }
        for (SyntaxNode statement : block.children()) {
            if (state.dead()) {
                break;
            }
            state = statement(statement, state);
        }
        depth--;
        return state;
    }

    private HoldState statement(SyntaxNode node, HoldState in) {
        return switch (node.type()) {
            case "function_definition", "class_definition", "decorated_definition", "comment" -> in;
            case "return_statement" -> leave(calls.evaluate(node, in), exits);
            case "raise_statement" -> {
                calls.evaluate(node, in);
                yield HoldState.DEAD;
            }
            case "break_statement" -> leave(in, breaks);
            case "continue_statement" -> HoldState.DEAD;
            case "if_statement" -> branches(node, in);
            case "for_statement", "while_statement" -> loop(node, in);
            case "with_statement" -> with(node, in);
            case "try_statement" -> attempt(node, in);
            case "match_statement" -> matched(node, in);
            case "block" -> block(node, in);
            default -> calls.evaluate(node, in);
        };
    }

    private static HoldState leave(HoldState state, List<HoldState> ways) {
        if (ways.size() < 200) {
            ways.add(state);
        }
        return HoldState.DEAD;
    }

    private HoldState branches(SyntaxNode node, HoldState in) {
        HoldState tested =
                node.child("condition").map(one -> calls.evaluate(one, in)).orElse(in);
        HoldState out = node.child("consequence").map(one -> block(one, tested)).orElse(tested);
        HoldState rest = tested;
        boolean otherwise = false;
        for (SyntaxNode other : node.children()) {
            if (other.is("elif_clause")) {
                HoldState before = rest;
                rest = other.child("condition")
                        .map(one -> calls.evaluate(one, before))
                        .orElse(before);
                HoldState entered = rest;
                out = out.join(other.child("consequence")
                        .map(one -> block(one, entered))
                        .orElse(entered));
            } else if (other.is("else_clause")) {
                HoldState entered = rest;
                otherwise = true;
                out = out.join(
                        other.child("body").map(one -> block(one, entered)).orElse(entered));
            }
        }
        return otherwise ? out : out.join(rest);
    }

    private HoldState loop(SyntaxNode node, HoldState in) {
        List<HoldState> outer = List.copyOf(breaks);
        breaks.clear();
        HoldState entered = node.child(node.is("for_statement") ? "right" : "condition")
                .map(one -> calls.evaluate(one, in))
                .orElse(in);
        entered = node.is("for_statement") ? calls.enterLoop(node, entered) : entered;
        HoldState start = entered;
        HoldState once = node.child("body").map(body -> block(body, start)).orElse(start);
        // a second round starts where the first ended
        HoldState twice = once.dead()
                ? once
                : node.child("body").map(body -> block(body, once)).orElse(once);
        boolean endless = node.is("while_statement") && node.text("condition").matches("True|1");
        HoldState out = endless ? HoldState.DEAD : start.join(once).join(twice);
        for (HoldState one : breaks) {
            out = out.join(one);
        }
        breaks.clear();
        breaks.addAll(outer);
        return out;
    }

    private HoldState with(SyntaxNode node, HoldState in) {
        HoldState state = in;
        List<SyntaxNode> items =
                node.first("with_clause").map(SyntaxNode::children).orElse(List.of());
        for (SyntaxNode item : items) {
            state = calls.enter(item, state);
        }
        int before = exits.size();
        HoldState inside = state;
        HoldState out = node.child("body").map(body -> block(body, inside)).orElse(inside);
        for (int i = items.size() - 1; i >= 0; i--) {
            SyntaxNode item = items.get(i);
            out = calls.leave(item, out);
            for (int j = before; j < exits.size(); j++) {
                exits.set(j, calls.leave(item, exits.get(j)));
            }
        }
        return out;
    }

    private HoldState attempt(SyntaxNode node, HoldState in) {
        int before = exits.size();
        HoldState body = node.child("body").map(one -> block(one, in)).orElse(in);
        HoldState failed = in.join(body);
        HoldState out = body;
        for (SyntaxNode clause : node.children()) {
            if (clause.is("else_clause")) {
                HoldState good = body;
                out = clause.child("body").map(one -> block(one, good)).orElse(good);
            }
        }
        for (SyntaxNode clause : node.children()) {
            if (clause.is("except_clause", "except_group_clause")) {
                HoldState caught =
                        clause.first("block").map(one -> block(one, failed)).orElse(failed);
                out = out.join(caught);
            }
        }
        for (SyntaxNode clause : node.children()) {
            if (clause.is("finally_clause")) {
                SyntaxNode last = clause.first("block").orElse(clause);
                for (int i = before; i < exits.size(); i++) {
                    exits.set(i, block(last, exits.get(i)));
                }
                out = out.dead() ? out : block(last, out);
            }
        }
        return out;
    }

    private HoldState matched(SyntaxNode node, HoldState in) {
        HoldState start =
                node.child("subject").map(one -> calls.evaluate(one, in)).orElse(in);
        HoldState out = start;
        for (SyntaxNode clause : node.child("body").map(SyntaxNode::children).orElse(List.of())) {
            out = out.join(
                    clause.child("consequence").map(one -> block(one, start)).orElse(start));
        }
        return out;
    }
}
