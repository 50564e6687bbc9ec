package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** A class. Immutable; equal only to itself. */
public final class PythonClass {

    private final SyntaxNode node;
    private final String qualifiedName;
    private final List<SyntaxNode> decorators;
    private final PythonScope body;

    PythonClass(SyntaxNode node, String qualifiedName, List<SyntaxNode> decorators, PythonScope body) {
        this.node = node;
        this.qualifiedName = qualifiedName;
        this.decorators = List.copyOf(decorators);
        this.body = body;
    }

    /** The {@code class_definition}. */
    public SyntaxNode node() {
        return node;
    }

    public String name() {
        return node.text("name");
    }

    /** With the classes and functions around it. */
    public String qualifiedName() {
        return qualifiedName;
    }

    /** What stands after each {@code @}, in order. */
    public List<SyntaxNode> decorators() {
        return decorators;
    }

    /** The expressions that name its base classes, without keyword arguments such as {@code metaclass=}. */
    public List<SyntaxNode> bases() {
        return node.child("superclasses").map(SyntaxNode::children).orElse(List.of()).stream()
                .filter(base -> base.is("identifier", "attribute", "subscript", "call"))
                .toList();
    }

    /** What its body binds: attributes, methods, inner classes. */
    public PythonScope body() {
        return body;
    }

    /** A method written in its own body. */
    public Optional<PythonFunction> method(String name) {
        return body.named(name).stream()
                .filter(PythonDefinition.FunctionDefinition.class::isInstance)
                .map(one -> ((PythonDefinition.FunctionDefinition) one).function())
                .findFirst();
    }

    @Override
    public String toString() {
        return qualifiedName + " " + node.origin();
    }
}
