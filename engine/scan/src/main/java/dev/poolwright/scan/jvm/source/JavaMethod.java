package dev.poolwright.scan.jvm.source;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/**
 * A method or constructor.
 *
 * @param returns the type as written; empty for a constructor
 * @param body empty for one without
 */
public record JavaMethod(
        String name,
        String returns,
        boolean isStatic,
        List<JavaAnnotation> annotations,
        List<Parameter> parameters,
        Optional<SyntaxNode> body,
        SyntaxNode node) {

    public JavaMethod {
        annotations = List.copyOf(annotations);
        parameters = List.copyOf(parameters);
    }

    /** One parameter; its type is as written. */
    public record Parameter(String name, String type, List<JavaAnnotation> annotations, SyntaxNode node) {
        public Parameter {
            annotations = List.copyOf(annotations);
        }
    }

    public Optional<JavaAnnotation> annotation(String... names) {
        return JavaClass.annotation(annotations, names);
    }
}
