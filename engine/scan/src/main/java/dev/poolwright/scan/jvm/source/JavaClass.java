package dev.poolwright.scan.jvm.source;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A class, record, interface or enum as written. Immutable once made. */
public final class JavaClass {

    private final JavaFile file;
    private final SyntaxNode node;
    private final String name;
    private final List<JavaAnnotation> annotations;
    private final Map<String, JavaField> fields = new LinkedHashMap<>();
    private final List<JavaMethod> methods = new ArrayList<>();

    JavaClass(JavaFile file, SyntaxNode node) {
        this.file = file;
        this.node = node;
        this.name = node.text("name");
        this.annotations = annotations(node);
        node.child("parameters").ifPresent(this::components);
        node.child("body").ifPresent(this::members);
    }

    private void components(SyntaxNode parameters) {
        for (JavaMethod.Parameter parameter : parameters(parameters)) {
            fields.put(
                    parameter.name(),
                    new JavaField(
                            parameter.name(),
                            parameter.type(),
                            false,
                            true,
                            parameter.annotations(),
                            Optional.empty(),
                            parameter.node()));
        }
    }

    private void members(SyntaxNode body) {
        for (SyntaxNode member : body.children()) {
            switch (member.type()) {
                case "field_declaration", "constant_declaration" -> field(member);
                case "method_declaration", "constructor_declaration", "compact_constructor_declaration" ->
                    methods.add(method(member));
                case "enum_body_declarations" -> members(member);
                default -> {}
            }
        }
    }

    private void field(SyntaxNode member) {
        String modifiers = member.first("modifiers").map(SyntaxNode::text).orElse("");
        boolean constant = member.is("constant_declaration");
        List<JavaAnnotation> annotations = annotations(member);
        for (SyntaxNode declarator : member.children()) {
            if (declarator.is("variable_declarator")) {
                String field = declarator.text("name");
                fields.put(
                        field,
                        new JavaField(
                                field,
                                member.text("type"),
                                constant || modifiers.contains("static"),
                                constant || modifiers.contains("final"),
                                annotations,
                                declarator.child("value"),
                                declarator));
            }
        }
    }

    static JavaMethod method(SyntaxNode member) {
        String modifiers = member.first("modifiers").map(SyntaxNode::text).orElse("");
        return new JavaMethod(
                member.text("name"),
                member.text("type"),
                modifiers.contains("static"),
                annotations(member),
                member.child("parameters").map(JavaClass::parameters).orElse(List.of()),
                member.child("body"),
                member);
    }

    private static List<JavaMethod.Parameter> parameters(SyntaxNode list) {
        List<JavaMethod.Parameter> parameters = new ArrayList<>();
        for (SyntaxNode parameter : list.children()) {
            if (parameter.is("formal_parameter")) {
                parameters.add(new JavaMethod.Parameter(
                        parameter.text("name"), parameter.text("type"), annotations(parameter), parameter));
            }
        }
        return parameters;
    }

    static List<JavaAnnotation> annotations(SyntaxNode declaration) {
        return declaration.first("modifiers").stream()
                .flatMap(modifiers -> modifiers.children().stream())
                .filter(child -> child.is("annotation", "marker_annotation"))
                .map(JavaAnnotation::of)
                .toList();
    }

    public static Optional<JavaAnnotation> annotation(List<JavaAnnotation> annotations, String... names) {
        for (JavaAnnotation annotation : annotations) {
            for (String name : names) {
                if (annotation.name().equals(name)) {
                    return Optional.of(annotation);
                }
            }
        }
        return Optional.empty();
    }

    public JavaFile file() {
        return file;
    }

    public SyntaxNode node() {
        return node;
    }

    public String name() {
        return name;
    }

    public List<JavaAnnotation> annotations() {
        return annotations;
    }

    public Optional<JavaAnnotation> annotation(String... names) {
        return annotation(annotations, names);
    }

    public Optional<JavaField> field(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    public List<JavaField> fields() {
        return List.copyOf(fields.values());
    }

    public List<JavaMethod> methods() {
        return List.copyOf(methods);
    }

    /** Those of one name. */
    public List<JavaMethod> methods(String method) {
        return methods.stream().filter(one -> one.name().equals(method)).toList();
    }

    /** The method or constructor that a node stands in. */
    public Optional<JavaMethod> around(SyntaxNode inside) {
        return methods.stream().filter(method -> method.node().contains(inside)).findFirst();
    }

    /** The name of the class that it extends, as written without type arguments; empty when it extends none. */
    public String parent() {
        return node.child("superclass")
                .flatMap(parent -> parent.children().stream().findFirst())
                .map(type -> JavaFile.plain(type.text()))
                .orElse("");
    }

    /** The names of the interfaces that it implements, as written. */
    public String interfaces() {
        return node.child("interfaces").map(SyntaxNode::text).orElse("");
    }
}
