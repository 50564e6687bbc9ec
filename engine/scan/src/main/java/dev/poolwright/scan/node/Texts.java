package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Optional;

/** The text of small nodes. */
final class Texts {

    private Texts() {}

    /** What a string literal says, without its quotes; of other nodes, their text. Escapes stay as they are written. */
    static String string(SyntaxNode node) {
        String text = node.text();
        boolean quoted = text.length() >= 2
                && "'\"`".indexOf(text.charAt(0)) >= 0
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** What a string says that is known without running anything. */
    static Optional<String> literal(SyntaxNode node) {
        boolean known = node.is("string")
                || (node.is("template_string")
                        && node.first("template_substitution").isEmpty());
        return known ? Optional.of(string(node)) : Optional.empty();
    }

    /** The name of a property, however it is quoted. */
    static String key(SyntaxNode pair) {
        return pair.child("key").map(Texts::string).orElse("");
    }

    /** The first line of a text, shortened, for words in a finding. */
    static String brief(SyntaxNode node) {
        String text = node.text().replaceAll("\\s+", " ");
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    /** The last name of what is called: {@code query} of {@code this.pool.query(...)}. */
    static String called(SyntaxNode call) {
        SyntaxNode function = call.child("function").orElse(call);
        return function.is("member_expression") ? function.text("property") : function.text();
    }

    /** What a method is called on: {@code this.pool} of {@code this.pool.query(...)}; empty for a plain function. */
    static Optional<SyntaxNode> receiver(SyntaxNode call) {
        return call.child("function")
                .filter(function -> function.is("member_expression"))
                .flatMap(function -> function.child("object"));
    }

    /** An argument of a call, by number; comments do not count. */
    static Optional<SyntaxNode> argument(SyntaxNode call, int index) {
        return call.child("arguments")
                .flatMap(all -> all.children().stream()
                        .filter(one -> !one.is("comment"))
                        .skip(index)
                        .findFirst());
    }
}
