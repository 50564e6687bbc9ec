package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Python file: its imports, functions, classes and the names of each scope. Immutable; safe to share; equal only to itself. */
public final class PythonModule {

    private final SourceFile file;
    private final SyntaxNode root;
    private final List<PythonImport> imports;
    private final List<PythonFunction> functions;
    private final List<PythonClass> classes;
    private final Map<SyntaxNode, PythonScope> scopes;

    PythonModule(
            SourceFile file,
            SyntaxNode root,
            List<PythonImport> imports,
            List<PythonFunction> functions,
            List<PythonClass> classes,
            Map<SyntaxNode, PythonScope> scopes) {
        this.file = file;
        this.root = root;
        this.imports = List.copyOf(imports);
        this.functions = List.copyOf(functions);
        this.classes = List.copyOf(classes);
        this.scopes = scopes;
    }

    public SourceFile file() {
        return file;
    }

    public SyntaxNode root() {
        return root;
    }

    /** Those of every scope, in the order of the text. */
    public List<PythonImport> imports() {
        return imports;
    }

    /** Whether anything of a package is imported: {@code sqlalchemy}, {@code sqlalchemy.ext.asyncio}. */
    public boolean imports(String dottedName) {
        return imports.stream()
                .anyMatch(one -> one.module().equals(dottedName) || one.module().startsWith(dottedName + "."));
    }

    /** All, nested ones and methods too, in the order of the text. */
    public List<PythonFunction> functions() {
        return functions;
    }

    /** All, nested ones too, in the order of the text. */
    public List<PythonClass> classes() {
        return classes;
    }

    /** The names at the top of the module. */
    public PythonScope scope() {
        return scopes.getOrDefault(root, new PythonScope(root, Optional.empty()));
    }

    /** The scope of a function or class by its node. */
    public Optional<PythonScope> scopeOf(SyntaxNode functionOrClass) {
        return Optional.ofNullable(scopes.get(functionOrClass));
    }

    /** The scope in which the look-up of a name begins that stands at this node. */
    public PythonScope scopeAt(SyntaxNode node) {
        SyntaxNode below = node;
        Optional<SyntaxNode> up = node.parent();
        while (up.isPresent()) {
            PythonScope scope = scopes.get(up.get());
            // Defaults, annotations, decorators and base classes are evaluated outside.
            if (scope != null && (scope.isModule() || below.field().equals("body"))) {
                return scope;
            }
            below = up.get();
            up = below.parent();
        }
        return scope();
    }

    /** The innermost function that a node stands in. */
    public Optional<PythonFunction> functionAt(SyntaxNode node) {
        Optional<SyntaxNode> around = node.above("function_definition");
        return around.flatMap(this::function);
    }

    /** The function of a {@code function_definition}. */
    public Optional<PythonFunction> function(SyntaxNode definition) {
        return functions.stream().filter(one -> one.node() == definition).findFirst();
    }

    /** The class of a {@code class_definition}. */
    public Optional<PythonClass> type(SyntaxNode definition) {
        return classes.stream().filter(one -> one.node() == definition).findFirst();
    }

    /** The innermost class that a node stands in. */
    public Optional<PythonClass> classAt(SyntaxNode node) {
        return node.above("class_definition").flatMap(this::type);
    }

    @Override
    public String toString() {
        return file.name();
    }
}
