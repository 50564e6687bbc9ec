package dev.poolwright.scan.jvm;

import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaValues;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The setters that are called on one variable. */
final class Setters {

    private Setters() {}

    /** One call with its property: {@code setMaxWait(5)} sets {@code maxWait}. */
    record Call(String key, SyntaxNode argument, SyntaxNode node) {}

    /** Those within a node, in reading order. */
    static List<Call> on(String variable, SyntaxNode within) {
        List<Call> calls = new ArrayList<>();
        within.all("method_invocation").forEach(call -> {
            String object = call.text("object");
            if (object.equals(variable) || object.equals("this." + variable)) {
                of(call).ifPresent(calls::add);
            }
        });
        return calls;
    }

    private static Optional<Call> of(SyntaxNode call) {
        String name = call.text("name");
        List<SyntaxNode> arguments = arguments(call);
        if (name.startsWith("set") && name.length() > 3 && arguments.size() == 1) {
            return Optional.of(new Call(property(name), arguments.get(0), call));
        }
        boolean driver = name.equals("addDataSourceProperty") || name.equals("addConnectionProperty");
        if (driver && arguments.size() == 2 && arguments.get(0).is("string_literal")) {
            String key = arguments.get(0).text().replace("\"", "");
            return Optional.of(new Call("dataSource." + key, arguments.get(1), call));
        }
        return Optional.empty();
    }

    private static String property(String setter) {
        String name = setter.substring(3);
        boolean initials = name.length() > 1 && Character.isUpperCase(name.charAt(1));
        return initials ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    static List<SyntaxNode> arguments(SyntaxNode call) {
        return call.child("arguments")
                .map(list -> list.children().stream()
                        .filter(child -> !child.is("line_comment", "block_comment"))
                        .toList())
                .orElse(List.of());
    }

    /** Their values; one that is set under a condition is one of several. */
    static void resolve(List<Call> calls, JavaClass in, JavaValues values, BiConsumer<Call, Value<Object>> take) {
        for (Call call : calls) {
            Value<Object> value = values.of(call.argument(), in);
            Optional<String> condition = condition(call.node());
            take.accept(
                    call,
                    condition
                            .<Value<Object>>map(when -> value instanceof Value.Unknown<Object>
                                    ? value
                                    : new Value.OneOf<>(
                                            List.of(new Value.Case<>(when, value)),
                                            call.node().origin()))
                            .orElse(value));
        }
    }

    private static Optional<String> condition(SyntaxNode call) {
        return call.above("if_statement", "method_declaration", "constructor_declaration", "lambda_expression")
                .filter(above -> above.is("if_statement"))
                .map(above -> {
                    String text = above.text("condition").replaceAll("\\s+", " ");
                    boolean otherwise = above.child("alternative")
                            .map(alternative -> alternative.contains(call))
                            .orElse(false);
                    return (otherwise ? "not " : "if ") + text;
                });
    }
}
