package dev.poolwright.scan.jvm.shape;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The calls that a piece of code makes itself, on its own thread, before it returns. */
final class Calls {

    /** A method with more calls than this was generated. */
    private static final int MOST = 2_000;

    /** Methods that run the function they are given before they return. */
    private static final Set<String> AT_ONCE = Set.of(
            "forEach",
            "map",
            "filter",
            "flatMap",
            "peek",
            "ifPresent",
            "ifPresentOrElse",
            "orElseGet",
            "orElseThrow",
            "or",
            "computeIfAbsent",
            "computeIfPresent",
            "compute",
            "merge",
            "collect",
            "reduce",
            "anyMatch",
            "allMatch",
            "noneMatch",
            "mapToObj",
            "mapToLong",
            "mapToInt",
            "removeIf",
            "replaceAll",
            "toMap",
            "groupingBy",
            "executeWithoutResult",
            "switchIfEmpty",
            "then",
            "concatMap",
            "flatMapMany",
            "defer",
            "fromCallable",
            "doOnNext",
            "zipWith",
            "query",
            "forEachOrdered");

    private Calls() {}

    /** {@code method_invocation} and {@code object_creation_expression} nodes, in reading order. */
    static List<SyntaxNode> within(SyntaxNode body) {
        return of(body, "method_invocation", "object_creation_expression");
    }

    static List<SyntaxNode> of(SyntaxNode body, String... types) {
        List<SyntaxNode> found = new ArrayList<>();
        Deque<SyntaxNode> next = new ArrayDeque<>(List.of(body));
        while (!next.isEmpty() && found.size() < MOST) {
            SyntaxNode node = next.pop();
            if (node.is(types)) {
                found.add(node);
            }
            boolean later = node != body && (node.is("class_body", "class_declaration") || isLater(node));
            if (!later) {
                List<SyntaxNode> children = new ArrayList<>(node.children());
                Collections.reverse(children);
                children.forEach(next::push);
            }
        }
        return found;
    }

    /** A lambda of which it is not known that it runs here and now. */
    private static boolean isLater(SyntaxNode node) {
        if (!node.is("lambda_expression")) {
            return false;
        }
        boolean argument = node.parent().filter(up -> up.is("argument_list")).isPresent();
        return !argument
                || node.above("method_invocation", "object_creation_expression")
                        .filter(call -> call.is("method_invocation") && runsAtOnce(call))
                        .isEmpty();
    }

    private static boolean runsAtOnce(SyntaxNode call) {
        String name = call.text("name");
        boolean template =
                name.equals("execute") && call.text("object").matches("(?i).*(template|transaction|retry)\\w*");
        return AT_ONCE.contains(name) || template;
    }

    /** The arguments of a call, comments left out. */
    static List<SyntaxNode> arguments(SyntaxNode call) {
        return call.child("arguments")
                .map(list -> list.children().stream()
                        .filter(one -> !one.is("line_comment", "block_comment"))
                        .toList())
                .orElse(List.of());
    }

    /** What a chain of calls starts from: {@code client} in {@code client.get().uri(x).retrieve()}. */
    static SyntaxNode root(SyntaxNode call) {
        SyntaxNode at = call;
        for (int i = 0;
                i < 100 && at.is("method_invocation") && at.child("object").isPresent();
                i++) {
            at = at.child("object").orElseThrow();
        }
        return at;
    }

    /** Whether it is run only on some ways through the code, or only when something failed. */
    static boolean conditional(SyntaxNode node, SyntaxNode within) {
        SyntaxNode at = node;
        for (int i = 0; i < 200 && at != within; i++) {
            if (at.is(
                    "if_statement",
                    "catch_clause",
                    "ternary_expression",
                    "switch_block_statement_group",
                    "switch_rule")) {
                return true;
            }
            if (at.parent().isEmpty()) {
                return false;
            }
            at = at.parent().get();
        }
        return false;
    }
}
