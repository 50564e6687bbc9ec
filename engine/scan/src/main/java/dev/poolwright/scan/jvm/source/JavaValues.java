package dev.poolwright.scan.jvm.source;

import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Placeholders;
import dev.poolwright.scan.jvm.settings.SpringProperties;
import dev.poolwright.scan.jvm.settings.Values;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Java expressions come to, as far as the tree tells: literals, arithmetic, constants, fields, local variables,
 * properties of Spring, environment variables. A number is a {@code Long} or {@code Double}, a duration its ISO text.
 * What depends on an argument is unknown. Stateless but for the project; safe for several threads.
 */
public final class JavaValues {

    static final int DEEPEST = 16;

    private final JavaIndex index;
    private final JavaCalls calls;
    private final JavaProperties properties;

    public JavaValues(JavaIndex index) {
        this.index = index;
        this.properties = new JavaProperties(index);
        this.calls = new JavaCalls(this, properties, index);
    }

    /** The value of an expression that stands in a class. */
    public Value<Object> of(SyntaxNode expression, JavaClass in) {
        return of(expression, in, 0);
    }

    Value<Object> of(SyntaxNode node, JavaClass in, int depth) {
        if (depth > DEEPEST) {
            return unknown("it takes too many steps", node);
        }
        return switch (node.type()) {
            case "decimal_integer_literal", "hex_integer_literal", "decimal_floating_point_literal" ->
                JavaLiterals.number(node)
                        .<Value<Object>>map(number -> Value.known(number, node.origin()))
                        .orElseGet(() -> unknown("the number does not fit", node));
            case "string_literal" -> Value.known(JavaLiterals.text(node), node.origin());
            case "true", "false" -> Value.known(node.is("true"), node.origin());
            case "null_literal" -> unknown("null", node);
            case "parenthesized_expression" -> only(node, in, depth);
            case "cast_expression" ->
                node.child("value").map(value -> of(value, in, depth + 1)).orElseGet(() -> unknown("not read", node));
            case "unary_expression" -> negated(node, in, depth);
            case "binary_expression" -> binary(node, in, depth);
            case "ternary_expression" -> ternary(node, in, depth);
            case "identifier" -> identifier(node, in, depth);
            case "field_access" -> fieldAccess(node, in, depth);
            case "method_invocation" -> calls.of(node, in, depth);
            default -> unknown("it is made at run time", node);
        };
    }

    static Value<Object> unknown(String why, SyntaxNode node) {
        return new Value.Unknown<>(why, "the value of " + shortened(node.text()), node.origin());
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }

    private Value<Object> only(SyntaxNode node, JavaClass in, int depth) {
        return node.children().stream()
                .findFirst()
                .map(inner -> of(inner, in, depth + 1))
                .orElseGet(() -> unknown("not read", node));
    }

    private Value<Object> negated(SyntaxNode node, JavaClass in, int depth) {
        Optional<SyntaxNode> operand = node.child("operand");
        if (operand.isEmpty() || !node.text("operator").equals("-")) {
            return unknown("it is computed", node);
        }
        return Values.then(of(operand.get(), in, depth + 1), value -> switch (value) {
            case Long number -> Value.known(-number, node.origin());
            case Double number -> Value.known(-number, node.origin());
            default -> unknown("not a number", node);
        });
    }

    private Value<Object> binary(SyntaxNode node, JavaClass in, int depth) {
        Optional<SyntaxNode> left = node.child("left");
        Optional<SyntaxNode> right = node.child("right");
        if (left.isEmpty() || right.isEmpty()) {
            return unknown("it is computed", node);
        }
        Value<Object> one = of(left.get(), in, depth + 1);
        Value<Object> other = of(right.get(), in, depth + 1);
        String operator = node.text("operator");
        if (operator.equals("+") && (text(one) || text(other))) {
            return joined(node, left.get(), one, right.get(), other);
        }
        return Values.then(one, a -> Values.then(other, b -> arithmetic(a, operator, b, node)));
    }

    private static boolean text(Value<Object> value) {
        return value.possible().stream().anyMatch(String.class::isInstance);
    }

    /** Text with the parts that are not known as placeholders in it. */
    private static Value<Object> joined(
            SyntaxNode node, SyntaxNode left, Value<Object> one, SyntaxNode right, Value<Object> other) {
        List<Step> trail = new ArrayList<>(one.trail());
        trail.addAll(other.trail());
        return Value.known(part(left, one) + part(right, other), node.origin(), trail);
    }

    private static String part(SyntaxNode node, Value<Object> value) {
        return value.single().map(String::valueOf).orElse("${" + shortened(node.text()) + "}");
    }

    private static Value<Object> arithmetic(Object a, String operator, Object b, SyntaxNode node) {
        if (!(a instanceof Long x) || !(b instanceof Long y)) {
            return unknown("it is computed", node);
        }
        return switch (operator) {
            case "+" -> Value.known(x + y, node.origin());
            case "-" -> Value.known(x - y, node.origin());
            case "*" -> Value.known(x * y, node.origin());
            case "/" -> y == 0 ? unknown("division by zero", node) : Value.known(x / y, node.origin());
            default -> unknown("it is computed", node);
        };
    }

    private Value<Object> ternary(SyntaxNode node, JavaClass in, int depth) {
        Optional<SyntaxNode> yes = node.child("consequence");
        Optional<SyntaxNode> no = node.child("alternative");
        if (yes.isEmpty() || no.isEmpty()) {
            return unknown("not read", node);
        }
        String condition = shortened(node.text("condition"));
        return new Value.OneOf<>(
                List.of(
                        new Value.Case<>(condition, of(yes.get(), in, depth + 1)),
                        new Value.Case<>("not " + condition, of(no.get(), in, depth + 1))),
                node.origin());
    }

    private Value<Object> identifier(SyntaxNode node, JavaClass in, int depth) {
        String name = node.text();
        Optional<SyntaxNode> function =
                node.above("method_declaration", "constructor_declaration", "lambda_expression");
        if (function.isPresent()) {
            Optional<Value<Object>> local = local(node, name, in, depth);
            if (local.isPresent()) {
                return local.get();
            }
        }
        return index.field(name, in)
                .map(found -> field(found, node, depth))
                .or(() -> staticMember(name, in, node, depth))
                .orElseGet(() -> unknown(name + " is not of this tree", node));
    }

    /** A local variable that has one value, or a parameter. */
    private Optional<Value<Object>> local(SyntaxNode node, String name, JavaClass in, int depth) {
        Optional<JavaMethod> method = in.around(node);
        if (method.isEmpty()) {
            return Optional.empty();
        }
        for (JavaMethod.Parameter parameter : method.get().parameters()) {
            if (parameter.name().equals(name)) {
                return Optional.of(JavaClass.annotation(parameter.annotations(), "Value", "ConfigProperty")
                        .map(value -> injected(value, in))
                        .orElseGet(() -> unknown(
                                name + " is an argument of " + method.get().name(), node)));
            }
        }
        List<SyntaxNode> values = new ArrayList<>();
        method.get()
                .body()
                .ifPresent(body -> body.all("variable_declarator", "assignment_expression")
                        .forEach(one -> {
                            boolean declares = one.is("variable_declarator")
                                    && one.text("name").equals(name);
                            boolean assigns = one.is("assignment_expression")
                                    && one.text("left").equals(name);
                            if (declares || assigns) {
                                values.add(one);
                            }
                        }));
        if (values.stream().noneMatch(one -> one.is("variable_declarator"))) {
            return Optional.empty();
        }
        List<SyntaxNode> given = values.stream()
                .flatMap(one -> one.child(one.is("variable_declarator") ? "value" : "right").stream())
                .filter(value -> !value.contains(node))
                .toList();
        if (given.size() != 1) {
            return Optional.of(unknown(name + (given.isEmpty() ? " has no value" : " changes"), node));
        }
        return Optional.of(Values.step(of(given.get(0), in, depth + 1), name, node.origin()));
    }

    private Optional<Value<Object>> staticMember(String name, JavaClass in, SyntaxNode node, int depth) {
        Optional<String> imported = in.file().staticallyImported(name);
        List<String> owners = imported.isPresent()
                ? List.of(imported.get().substring(0, imported.get().lastIndexOf('.')))
                : in.file().staticClasses();
        for (String owner : owners) {
            Optional<Value<Object>> value = index.full(owner, in.file())
                    .flatMap(of -> index.field(name, of))
                    .map(found -> field(found, node, depth));
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private Value<Object> fieldAccess(SyntaxNode node, JavaClass in, int depth) {
        Optional<SyntaxNode> object = node.child("object");
        String name = node.text("field");
        if (object.isEmpty()) {
            return unknown("not read", node);
        }
        if (object.get().is("this")) {
            return index.field(name, in)
                    .map(found -> field(found, node, depth))
                    .orElseGet(() -> unknown(name + " is not of this tree", node));
        }
        Optional<JavaClass> owner = index.resolve(object.get().text(), in.file());
        return owner.flatMap(of -> index.field(name, of))
                .map(found -> field(found, node, depth))
                .orElseGet(() -> properties
                        .read(node, in)
                        .map(read -> property(read, node))
                        .orElseGet(() -> unknown("it is not of this tree", node)));
    }

    Value<Object> field(JavaIndex.Owned found, SyntaxNode use, int depth) {
        JavaField field = found.field();
        Optional<JavaAnnotation> injected = JavaClass.annotation(field.annotations(), "Value", "ConfigProperty");
        if (injected.isPresent()) {
            return Values.step(injected(injected.get(), found.owner()), field.name(), use.origin());
        }
        Optional<Value<Object>> bound = properties
                .prefix(found.owner())
                .map(prefix -> property(
                        new JavaProperties.Read(prefix + "." + field.name(), Optional.of(field), found.owner()), use));
        if (bound.isPresent()) {
            return bound.get();
        }
        if (field.value().isEmpty() || (!field.isFinal() && assigned(field.name(), found.owner()))) {
            return onlyAssignment(found, use, depth);
        }
        return Values.step(
                of(field.value().get(), found.owner(), depth + 1),
                found.owner().name() + "." + field.name(),
                use.origin());
    }

    private static boolean assigned(String field, JavaClass owner) {
        return owner.node()
                .all("assignment_expression")
                .anyMatch(one ->
                        one.text("left").equals(field) || one.text("left").equals("this." + field));
    }

    /** A field without a value of its own that one place sets. */
    private Value<Object> onlyAssignment(JavaIndex.Owned found, SyntaxNode use, int depth) {
        String name = found.field().name();
        List<SyntaxNode> given = found.owner()
                .node()
                .all("assignment_expression")
                .filter(one -> one.text("left").equals(name) || one.text("left").equals("this." + name))
                .flatMap(one -> one.child("right").stream())
                .toList();
        return found.field().value().isEmpty()
                        && given.size() == 1
                        && !given.get(0).contains(use)
                ? Values.step(of(given.get(0), found.owner(), depth + 1), name, use.origin())
                : unknown(name + " is set at run time", use);
    }

    /** What {@code @Value("${key:default}")} or {@code @ConfigProperty(name = "key", defaultValue = "…")} brings. */
    private Value<Object> injected(JavaAnnotation annotation, JavaClass in) {
        if (annotation.name().equals("ConfigProperty")) {
            String standard = annotation.text("defaultValue");
            String text = "${" + annotation.text("name") + (standard.isEmpty() ? "" : ":" + standard) + "}";
            return placeholder(text, annotation, in);
        }
        return placeholder(annotation.text("value"), annotation, in);
    }

    private Value<Object> placeholder(String text, JavaAnnotation at, JavaClass in) {
        if (text.isEmpty() || text.contains("#{")) {
            return new Value.Unknown<>("an expression of Spring", "its value", at.origin());
        }
        AppSettings settings = properties.settings(in);
        return Values.map(Placeholders.resolve(text, at.origin(), settings), Values::typed);
    }

    /** What a property of Spring comes to: as configured, else the initialiser of the field that it is bound to. */
    Value<Object> property(JavaProperties.Read read, SyntaxNode use) {
        AppSettings settings = properties.settings(read.owner());
        Optional<Value<Object>> configured = settings.value(read.key());
        if (configured.isPresent()) {
            return Values.step(configured.get(), "property " + read.key(), use.origin());
        }
        return read.field()
                .flatMap(field -> field.value()
                        .map(value -> Values.step(
                                of(value, read.owner(), DEEPEST - 3),
                                "default of property " + read.key(),
                                use.origin())))
                .orElseGet(() -> unknown("property " + read.key() + " is not written", use));
    }

    /** The application's configuration that counts for a class. */
    public AppSettings settings(JavaClass of) {
        return properties.settings(of);
    }

    public JavaIndex index() {
        return index;
    }

    /** The view of configurations. */
    SpringProperties applications() {
        return SpringProperties.of(index.project());
    }
}
