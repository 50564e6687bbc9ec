package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** A function or method, at the top of a module or nested. Immutable; equal only to itself. */
public final class PythonFunction {

    private final SyntaxNode node;
    private final String qualifiedName;
    private final List<SyntaxNode> decorators;
    private final List<PythonParameter> parameters;

    PythonFunction(
            SyntaxNode node, String qualifiedName, List<SyntaxNode> decorators, List<PythonParameter> parameters) {
        this.node = node;
        this.qualifiedName = qualifiedName;
        this.decorators = List.copyOf(decorators);
        this.parameters = List.copyOf(parameters);
    }

    /** The {@code function_definition}. */
    public SyntaxNode node() {
        return node;
    }

    public String name() {
        return node.text("name");
    }

    /** With the classes and functions around it: {@code Repository.save}. */
    public String qualifiedName() {
        return qualifiedName;
    }

    /** Whether it is an {@code async def}. */
    public boolean async() {
        return node.text().startsWith("async");
    }

    /** What stands after each {@code @}, in order. */
    public List<SyntaxNode> decorators() {
        return decorators;
    }

    public List<PythonParameter> parameters() {
        return parameters;
    }

    public Optional<PythonParameter> parameter(String name) {
        return parameters.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    public Optional<SyntaxNode> body() {
        return node.child("body");
    }

    /** The class whose method it is, where its definition stands directly in a class body. */
    public Optional<SyntaxNode> classNode() {
        Optional<SyntaxNode> up =
                node.parent().flatMap(one -> one.is("decorated_definition") ? one.parent() : node.parent());
        return up.filter(one -> one.is("block")).flatMap(SyntaxNode::parent).filter(one -> one.is("class_definition"));
    }

    @Override
    public String toString() {
        return qualifiedName + " " + node.origin();
    }
}
