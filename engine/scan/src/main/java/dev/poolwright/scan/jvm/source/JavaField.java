package dev.poolwright.scan.jvm.source;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/**
 * A field, or a component of a record.
 *
 * @param type as written
 * @param value its initialiser; empty where there is none
 */
public record JavaField(
        String name,
        String type,
        boolean isStatic,
        boolean isFinal,
        List<JavaAnnotation> annotations,
        Optional<SyntaxNode> value,
        SyntaxNode node) {

    public JavaField {
        annotations = List.copyOf(annotations);
    }
}
