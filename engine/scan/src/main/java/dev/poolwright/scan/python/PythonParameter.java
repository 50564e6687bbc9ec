package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Optional;

/**
 * A parameter of a function.
 *
 * @param name without stars
 * @param kind what a call may put in its place
 * @param annotation its type as written
 * @param defaultValue the expression that counts when a call leaves it out
 * @param node where it stands
 */
public record PythonParameter(
        String name, Kind kind, Optional<SyntaxNode> annotation, Optional<SyntaxNode> defaultValue, SyntaxNode node) {

    /** What a call may put in its place. */
    public enum Kind {
        ONE,
        /** {@code *args} */
        REST,
        /** {@code **kwargs} */
        KEYWORDS
    }
}
