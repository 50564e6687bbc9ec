package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;

/**
 * One name that an import statement binds.
 *
 * @param module as written, with its leading dots: {@code app.db}, {@code ..config}
 * @param name what is taken out of the module; empty for {@code import module}, {@code *} for everything
 * @param local the name that it is bound to; for {@code import a.b} that is {@code a}; empty for everything
 * @param node the statement
 */
public record PythonImport(String module, String name, String local, SyntaxNode node) {

    /** Whether it takes everything that the module offers. */
    public boolean star() {
        return name.equals("*");
    }
}
