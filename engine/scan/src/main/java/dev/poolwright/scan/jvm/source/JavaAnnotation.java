package dev.poolwright.scan.jvm.source;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An annotation as written.
 *
 * @param name without package
 * @param arguments by name; a single one without a name is {@code value}
 */
public record JavaAnnotation(String name, Map<String, SyntaxNode> arguments, Origin origin) {

    public JavaAnnotation {
        arguments = Map.copyOf(arguments);
    }

    static JavaAnnotation of(SyntaxNode node) {
        String full = node.text("name");
        Map<String, SyntaxNode> arguments = new LinkedHashMap<>();
        node.child("arguments").ifPresent(list -> {
            for (SyntaxNode argument : list.children()) {
                if (argument.is("element_value_pair")) {
                    argument.child("value").ifPresent(value -> arguments.put(argument.text("key"), value));
                } else if (!argument.is("line_comment", "block_comment")) {
                    arguments.putIfAbsent("value", argument);
                }
            }
        });
        return new JavaAnnotation(full.substring(full.lastIndexOf('.') + 1), arguments, node.origin());
    }

    /** The text of the first of these arguments that is a string literal, or a list of which the first is one; else empty. */
    public String text(String... names) {
        for (String name : names) {
            Optional<String> text = Optional.ofNullable(arguments.get(name)).flatMap(JavaAnnotation::literal);
            if (text.isPresent()) {
                return text.get();
            }
        }
        return "";
    }

    private static Optional<String> literal(SyntaxNode node) {
        return node.all("string_literal").findFirst().map(JavaLiterals::text);
    }
}
