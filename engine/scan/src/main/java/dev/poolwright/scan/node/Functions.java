package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Functions, and what stands in them but not in functions within them. */
final class Functions {

    static final String[] TYPES = {
        "arrow_function",
        "function_declaration",
        "function_expression",
        "method_definition",
        "generator_function_declaration",
        "generator_function"
    };

    private Functions() {}

    static boolean isConstructor(SyntaxNode function) {
        return function.is("method_definition") && function.text("name").equals("constructor");
    }

    /** The innermost function that a node is in. */
    static Optional<SyntaxNode> around(SyntaxNode node) {
        return node.above(TYPES);
    }

    /** Everything below a node that runs when it runs: nothing of the functions within it. */
    static Stream<SyntaxNode> own(SyntaxNode node) {
        List<SyntaxNode> found = new ArrayList<>();
        Deque<SyntaxNode> next = new ArrayDeque<>(List.of(node));
        while (!next.isEmpty()) {
            SyntaxNode one = next.pop();
            found.add(one);
            if (one != node && one.is(TYPES)) {
                continue;
            }
            for (int i = one.children().size() - 1; i >= 0; i--) {
                next.push(one.children().get(i));
            }
        }
        return found.stream();
    }

    /** What a reader calls a function: its name, its key, or the method that it is. */
    static String label(SyntaxNode function) {
        String name = NodeNames.functionName(function);
        if (!name.isEmpty()) {
            Optional<SyntaxNode> type =
                    function.is("method_definition") ? function.above("class_declaration", "class") : Optional.empty();
            return type.map(one -> one.text("name") + ".").orElse("") + name;
        }
        Optional<SyntaxNode> up = function.parent();
        if (up.isPresent() && up.get().is("pair")) {
            return Texts.key(up.get());
        }
        Optional<SyntaxNode> call = up.filter(one -> one.is("arguments")).flatMap(SyntaxNode::parent);
        if (call.isPresent()) {
            String path = Texts.argument(call.get(), 0)
                    .flatMap(Texts::literal)
                    .map(text -> " " + text)
                    .orElse("");
            return Texts.called(call.get()) + path;
        }
        return around(function).map(Functions::label).orElse("");
    }

    /** The label of the function around a node; the file's name at the top of a file. */
    static String subject(NodeModule module, SyntaxNode node) {
        String label = around(node).map(Functions::label).orElse("");
        return label.isEmpty() ? module.file().fileName() : label;
    }
}
