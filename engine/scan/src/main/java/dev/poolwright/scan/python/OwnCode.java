package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** What a function does itself: its code without that of functions, classes and lambdas within it. */
final class OwnCode {

    private static final String[] NESTED = {"function_definition", "class_definition", "lambda"};

    private OwnCode() {}

    /** Everything below a node in the order of the text, not entering nested functions and classes, which are themselves given. */
    static Stream<SyntaxNode> of(SyntaxNode top) {
        List<SyntaxNode> all = new ArrayList<>();
        Deque<SyntaxNode> next = new ArrayDeque<>(List.of(top));
        while (!next.isEmpty()) {
            SyntaxNode node = next.pop();
            all.add(node);
            if (node != top && node.is(NESTED)) {
                continue;
            }
            for (int i = node.children().size() - 1; i >= 0; i--) {
                next.push(node.children().get(i));
            }
        }
        return all.stream();
    }

    /** Those of one of these types. */
    static Stream<SyntaxNode> of(SyntaxNode top, String... types) {
        return of(top).filter(node -> node.is(types));
    }

    /** The body of a function or class. */
    static Stream<SyntaxNode> body(SyntaxNode definition, String... types) {
        return definition.child("body").stream().flatMap(body -> of(body, types));
    }

    /** Whether a function gives several values: it has a {@code yield} of its own. */
    static boolean yields(SyntaxNode function) {
        return body(function, "yield").findAny().isPresent();
    }

    /** Whether a statement or function begins with {@code async}. */
    static boolean isAsync(SyntaxNode node) {
        return node.source()
                .slice(node.start(), Math.min(node.end(), node.start() + 6))
                .equals("async ");
    }

    /** The decorators of a function or class. */
    static Stream<SyntaxNode> decorators(SyntaxNode definition) {
        return definition.parent().stream()
                .filter(parent -> parent.is("decorated_definition"))
                .flatMap(parent -> parent.children().stream())
                .filter(child -> child.is("decorator"))
                .flatMap(child -> child.children().stream().limit(1));
    }

    /** The name of a decorator without its arguments: {@code router.get}. */
    static String decoratorName(SyntaxNode decorator) {
        return decorator.is("call") ? decorator.text("function") : decorator.text();
    }

    /** The arguments of a call that have no name, splats included. */
    static List<SyntaxNode> positional(SyntaxNode call) {
        return call.child("arguments").stream()
                .flatMap(arguments ->
                        arguments.is("argument_list") ? arguments.children().stream() : Stream.of(arguments))
                .filter(argument -> !argument.is("keyword_argument", "comment"))
                .toList();
    }

    /** The value of a named argument of a call. */
    static java.util.Optional<SyntaxNode> named(SyntaxNode call, String name) {
        return call.child("arguments").stream()
                .flatMap(arguments -> arguments.children().stream())
                .filter(argument ->
                        argument.is("keyword_argument") && argument.text("name").equals(name))
                .findFirst()
                .flatMap(argument -> argument.child("value"));
    }

    /** The text of a string without its quotes; a formatted one with its braces. */
    static String string(SyntaxNode node) {
        StringBuilder text = new StringBuilder();
        for (SyntaxNode child : node.children()) {
            if (child.is("string")) {
                text.append(string(child));
            } else if (child.is("string_content", "interpolation")) {
                text.append(child.text());
            }
        }
        return text.toString();
    }
}
