package dev.poolwright.scan.jvm.shape;

import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The declared types of variables. Safe for several threads. */
final class Types {

    private final JavaIndex index;
    private final Map<SyntaxNode, List<SyntaxNode>> locals = new ConcurrentHashMap<>();

    private final Map<JavaClass, Map<String, Optional<Declared>>> fields = new ConcurrentHashMap<>();

    private Types(JavaIndex index) {
        this.index = index;
    }

    static Types of(JavaIndex index) {
        return index.project().view(Types.class, project -> new Types(index));
    }

    /** A type as written in a file. */
    record Declared(String type, JavaFile file, boolean field) {

        boolean isOneOf(List<String> fullNames) {
            return fullNames.stream().anyMatch(full -> file.means(type, full));
        }

        /** The full name if an import gives it, else as written. */
        String fullName() {
            String plain = JavaFile.plain(type);
            return file.imported(plain).orElse(plain);
        }
    }

    JavaIndex index() {
        return index;
    }

    /** Of a variable or a field, at the place where it is used. */
    Optional<Declared> of(SyntaxNode expression, JavaClass in) {
        if (expression.is("field_access")) {
            boolean own = expression.text("object").equals("this");
            return own ? field(expression.text("field"), in) : Optional.empty();
        }
        if (expression.is("object_creation_expression")) {
            return Optional.of(new Declared(expression.text("type"), in.file(), false));
        }
        return expression.is("identifier")
                ? local(expression, in).or(() -> field(expression.text(), in))
                : Optional.empty();
    }

    private Optional<Declared> field(String name, JavaClass in) {
        if (name.isEmpty() || Character.isUpperCase(name.charAt(0))) {
            return Optional.empty(); // a class or a constant
        }
        return fields.computeIfAbsent(in, of -> new ConcurrentHashMap<>())
                .computeIfAbsent(name, of -> findField(of, in));
    }

    private Optional<Declared> findField(String name, JavaClass in) {
        return index.field(name, in)
                .map(owned -> new Declared(owned.field().type(), owned.owner().file(), true));
    }

    private Optional<Declared> local(SyntaxNode use, JavaClass in) {
        String name = use.text();
        Optional<JavaMethod> method = in.around(use);
        if (method.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> parameter = method.get().parameters().stream()
                .filter(one -> one.name().equals(name))
                .map(JavaMethod.Parameter::type)
                .findFirst();
        return parameter
                .or(() -> locals(method.get()).stream()
                        .filter(one -> one.text("name").equals(name) && one.start() < use.start())
                        .flatMap(one -> typeOf(one).stream())
                        .findFirst())
                .map(type -> new Declared(type, in.file(), false));
    }

    private List<SyntaxNode> locals(JavaMethod method) {
        return locals.computeIfAbsent(
                method.node(),
                node -> node.all("variable_declarator", "resource", "enhanced_for_statement")
                        .toList());
    }

    private static Optional<String> typeOf(SyntaxNode declares) {
        String type = declares.is("variable_declarator")
                ? declares.parent().map(up -> up.text("type")).orElse("")
                : declares.text("type");
        if (!type.equals("var")) {
            return type.isEmpty() ? Optional.empty() : Optional.of(type);
        }
        return declares.child("value")
                .filter(value -> value.is("object_creation_expression"))
                .map(value -> value.text("type"));
    }
}
