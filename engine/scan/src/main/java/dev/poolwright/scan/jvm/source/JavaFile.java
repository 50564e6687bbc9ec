package dev.poolwright.scan.jvm.source;

import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Java file: its package, imports and classes, nested ones too. Immutable once made. */
public final class JavaFile {

    private final SourceFile file;
    private final SyntaxNode root;
    private final String packageName;
    private final Map<String, String> imports = new LinkedHashMap<>();
    private final Map<String, String> staticImports = new LinkedHashMap<>();
    private final List<String> packages = new ArrayList<>();
    private final List<String> staticClasses = new ArrayList<>();
    private final List<JavaClass> classes = new ArrayList<>();

    JavaFile(SourceFile file, SyntaxNode root) {
        this.file = file;
        this.root = root;
        this.packageName = root.first("package_declaration")
                .flatMap(declaration -> declaration.first("scoped_identifier", "identifier"))
                .map(SyntaxNode::text)
                .orElse("");
        for (SyntaxNode child : root.children()) {
            if (child.is("import_declaration")) {
                addImport(child);
            }
        }
        root.all("class_declaration", "record_declaration", "interface_declaration", "enum_declaration")
                .forEach(one -> classes.add(new JavaClass(this, one)));
    }

    private void addImport(SyntaxNode declaration) {
        String name = declaration
                .first("scoped_identifier", "identifier")
                .map(SyntaxNode::text)
                .orElse("");
        boolean all = declaration.first("asterisk").isPresent();
        boolean isStatic = declaration.text().startsWith("import static");
        if (all) {
            (isStatic ? staticClasses : packages).add(name);
        } else {
            (isStatic ? staticImports : imports).put(name.substring(name.lastIndexOf('.') + 1), name);
        }
    }

    public SourceFile file() {
        return file;
    }

    public SyntaxNode root() {
        return root;
    }

    public String packageName() {
        return packageName;
    }

    public List<JavaClass> classes() {
        return List.copyOf(classes);
    }

    public Optional<JavaClass> named(String name) {
        return classes.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The innermost class that a node stands in. */
    public Optional<JavaClass> around(SyntaxNode inside) {
        return classes.stream()
                .filter(one -> one.node().contains(inside))
                .reduce((outer, inner) -> outer.node().contains(inner.node()) ? inner : outer);
    }

    /** The full name of a type that is imported by its name; empty where no import names it. */
    public Optional<String> imported(String simpleName) {
        return Optional.ofNullable(imports.get(simpleName));
    }

    /** {@code com.example.Limits.MAX} of a static import of {@code MAX}. */
    Optional<String> staticallyImported(String member) {
        return Optional.ofNullable(staticImports.get(member));
    }

    List<String> staticClasses() {
        return List.copyOf(staticClasses);
    }

    /** Packages of which everything is imported. */
    public List<String> packages() {
        return List.copyOf(packages);
    }

    /** Whether a type name in this file can be this one: it is written out, imported, or its whole package is. */
    public boolean means(String written, String fullName) {
        String plain = plain(written);
        if (plain.equals(fullName)) {
            return true;
        }
        int dot = fullName.lastIndexOf('.');
        return plain.equals(fullName.substring(dot + 1))
                && (fullName.equals(imports.get(plain)) || packages.contains(fullName.substring(0, dot)));
    }

    /** Without type arguments and array signs. */
    public static String plain(String type) {
        int generic = type.indexOf('<');
        String plain = generic < 0 ? type : type.substring(0, generic);
        return plain.replace("[]", "").strip();
    }
}
