package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Optional;

/** What a name stands for in one place of a module. Closed. */
public sealed interface PythonDefinition {

    /** Where it stands. */
    SyntaxNode node();

    /** A function or method. */
    record FunctionDefinition(PythonFunction function) implements PythonDefinition {
        @Override
        public SyntaxNode node() {
            return function.node();
        }
    }

    /** A class. */
    record ClassDefinition(PythonClass type) implements PythonDefinition {
        @Override
        public SyntaxNode node() {
            return type.node();
        }
    }

    /**
     * A name that gets a value.
     *
     * @param target the name where it stands
     * @param value the expression on the right; of {@code a, b = 1, 2} the one at its place; empty where only the type is
     *     stated, or where a loop, a {@code with} or an {@code except} binds it
     * @param annotation its type as written
     * @param how by which kind of statement
     */
    record Assignment(SyntaxNode target, Optional<SyntaxNode> value, Optional<SyntaxNode> annotation, How how)
            implements PythonDefinition {
        @Override
        public SyntaxNode node() {
            return target;
        }
    }

    /** Which kind of statement gives a name its value. */
    enum How {
        PLAIN,
        /** {@code +=} and its like. */
        CHANGED,
        /** One of several that are unpacked out of {@code value}. */
        UNPACKED,
        WITH,
        LOOP,
        EXCEPT,
        /** In a function that declares the name {@code global}. */
        GLOBAL
    }

    /** A parameter of the function around it. */
    record ParameterDefinition(PythonFunction function, PythonParameter parameter) implements PythonDefinition {
        @Override
        public SyntaxNode node() {
            return parameter.node();
        }
    }

    /** A name that an import binds, not followed. */
    record ImportDefinition(PythonImport statement) implements PythonDefinition {
        @Override
        public SyntaxNode node() {
            return statement.node();
        }
    }

    /** A module of the tree. */
    record ModuleDefinition(PythonModule module) implements PythonDefinition {
        @Override
        public SyntaxNode node() {
            return module.root();
        }
    }

    /**
     * Something outside the tree.
     *
     * @param dottedName with its module: {@code sqlalchemy.ext.asyncio.create_async_engine}
     * @param node the import, or the use
     */
    record External(String dottedName, SyntaxNode node) implements PythonDefinition {}
}
