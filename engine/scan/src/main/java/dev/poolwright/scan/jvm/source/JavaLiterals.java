package dev.poolwright.scan.jvm.source;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Optional;

/** What Java's literals stand for. */
public final class JavaLiterals {

    private JavaLiterals() {}

    /** A string literal without its quotes; text blocks without their indentation. */
    public static String text(SyntaxNode literal) {
        String text = literal.text();
        if (text.startsWith("\"\"\"") && text.length() >= 6) {
            return text.substring(3, text.length() - 3).stripIndent().strip();
        }
        String inside = text.length() >= 2 ? text.substring(1, text.length() - 1) : "";
        try {
            return inside.translateEscapes();
        } catch (IllegalArgumentException odd) {
            return inside;
        }
    }

    /** A number; empty when it is none that fits. */
    static Optional<Object> number(SyntaxNode literal) {
        String text = literal.text().replace("_", "");
        try {
            return switch (literal.type()) {
                case "decimal_integer_literal" -> Optional.of(Long.valueOf(withoutSuffix(text, "lL")));
                case "hex_integer_literal" ->
                    Optional.of(Long.valueOf(withoutSuffix(text, "lL").substring(2), 16));
                case "decimal_floating_point_literal" -> Optional.of(Double.valueOf(withoutSuffix(text, "fFdD")));
                default -> Optional.empty();
            };
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static String withoutSuffix(String text, String suffixes) {
        char last = text.charAt(text.length() - 1);
        return suffixes.indexOf(last) >= 0 ? text.substring(0, text.length() - 1) : text;
    }
}
