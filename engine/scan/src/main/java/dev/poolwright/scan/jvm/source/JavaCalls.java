package dev.poolwright.scan.jvm.source;

import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.infra.Variables;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Values;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What calls come to that appear in settings: conversions, durations, environment variables, properties, own getters. */
final class JavaCalls {

    /** Units of {@code TimeUnit} and of {@code Duration.of…}, in milliseconds. */
    private static final Map<String, Long> MILLIS =
            Map.of("MILLISECONDS", 1L, "SECONDS", 1_000L, "MINUTES", 60_000L, "HOURS", 3_600_000L, "DAYS", 86_400_000L);

    private final JavaValues values;
    private final JavaProperties properties;
    private final JavaIndex index;

    JavaCalls(JavaValues values, JavaProperties properties, JavaIndex index) {
        this.values = values;
        this.properties = properties;
        this.index = index;
    }

    private record Call(String object, String name, List<SyntaxNode> arguments, SyntaxNode node) {
        static Call of(SyntaxNode node) {
            return new Call(
                    node.text("object"),
                    node.text("name"),
                    node.child("arguments").map(JavaCalls::arguments).orElse(List.of()),
                    node);
        }

        boolean is(String wantedObject, String... names) {
            String simple = object.substring(object.lastIndexOf('.') + 1);
            return simple.equals(wantedObject) && List.of(names).contains(name);
        }
    }

    static List<SyntaxNode> arguments(SyntaxNode list) {
        return list.children().stream()
                .filter(child -> !child.is("line_comment", "block_comment"))
                .toList();
    }

    Value<Object> of(SyntaxNode node, JavaClass in, int depth) {
        Call call = Call.of(node);
        Optional<Value<Object>> known = converted(call, in, depth)
                .or(() -> timed(call, in, depth))
                .or(() -> environment(call, in, depth))
                .or(() -> configured(call, in, depth));
        return known.or(() -> properties.read(node, in).map(read -> values.property(read, node)))
                .or(() -> own(call, in, depth))
                .orElseGet(() -> JavaValues.unknown("it is made at run time", node));
    }

    private Optional<Value<Object>> converted(Call call, JavaClass in, int depth) {
        if (call.arguments().isEmpty()) {
            boolean unboxed = List.of("intValue", "longValue", "trim", "strip", "toString")
                    .contains(call.name());
            return unboxed
                    ? call.node().child("object").map(object -> values.of(object, in, depth + 1))
                    : Optional.empty();
        }
        boolean conversion = call.is("Integer", "parseInt", "valueOf", "decode")
                || call.is("Long", "parseLong", "valueOf")
                || call.is("Boolean", "parseBoolean", "valueOf")
                || call.is("Math", "toIntExact")
                || call.is("Ints", "checkedCast")
                || call.is("String", "valueOf");
        if (conversion) {
            Value<Object> value = values.of(call.arguments().get(0), in, depth + 1);
            return Optional.of(Values.map(value, one -> one instanceof String text ? Values.typed(text) : one));
        }
        if (call.is("Math", "max", "min") && call.arguments().size() == 2) {
            Value<Object> one = values.of(call.arguments().get(0), in, depth + 1);
            Value<Object> other = values.of(call.arguments().get(1), in, depth + 1);
            return Optional.of(Values.then(one, a -> Values.then(other, b -> extreme(call, a, b))));
        }
        return Optional.empty();
    }

    private static Value<Object> extreme(Call call, Object a, Object b) {
        return a instanceof Long x && b instanceof Long y
                ? Value.known(
                        call.name().equals("max") ? Math.max(x, y) : Math.min(x, y),
                        call.node().origin())
                : JavaValues.unknown("it is computed", call.node());
    }

    private Optional<Value<Object>> timed(Call call, JavaClass in, int depth) {
        if (call.object().endsWith("Duration")
                && call.arguments().size() == 1
                && call.name().startsWith("of")) {
            Long unit = MILLIS.get(
                    call.name().equals("ofMillis")
                            ? "MILLISECONDS"
                            : call.name().substring(2).toUpperCase(java.util.Locale.ROOT));
            return unit == null
                    ? Optional.empty()
                    : Optional.of(number(
                            call,
                            in,
                            depth,
                            number -> Duration.ofMillis(number * unit).toString()));
        }
        if (call.is("Duration", "parse") && call.arguments().size() == 1) {
            return Optional.of(values.of(call.arguments().get(0), in, depth + 1));
        }
        String simple = call.object().substring(call.object().lastIndexOf('.') + 1);
        Long from = MILLIS.get(simple);
        if (from != null && call.arguments().size() == 1 && call.name().startsWith("to")) {
            Long to = MILLIS.get(
                    call.name().equals("toMillis")
                            ? "MILLISECONDS"
                            : call.name().substring(2).toUpperCase(java.util.Locale.ROOT));
            return to == null ? Optional.empty() : Optional.of(number(call, in, depth, number -> number * from / to));
        }
        boolean counted = call.arguments().isEmpty()
                && List.of("toMillis", "toSeconds", "getSeconds", "toMinutes").contains(call.name());
        return counted
                ? call.node()
                        .child("object")
                        .map(object ->
                                Values.then(values.of(object, in, depth + 1), duration -> counted(call, duration)))
                : Optional.empty();
    }

    private static Value<Object> counted(Call call, Object duration) {
        Optional<Duration> length = Durations.of(String.valueOf(duration));
        if (length.isEmpty()) {
            return JavaValues.unknown("not a duration", call.node());
        }
        long millis = length.get().toMillis();
        long unit = call.name().equals("toMillis") ? 1 : call.name().equals("toMinutes") ? 60_000 : 1_000;
        return Value.known(millis / unit, call.node().origin());
    }

    private Value<Object> number(Call call, JavaClass in, int depth, java.util.function.LongFunction<Object> function) {
        return Values.then(
                values.of(call.arguments().get(0), in, depth + 1),
                value -> value instanceof Long number
                        ? Value.known(function.apply(number), call.node().origin())
                        : JavaValues.unknown("not a number", call.node()));
    }

    private Optional<Value<Object>> environment(Call call, JavaClass in, int depth) {
        if (call.is("System", "getenv") && call.arguments().size() == 1) {
            return Optional.of(variable(call, Optional.empty(), in, depth));
        }
        boolean withDefault =
                (call.object().endsWith("System.getenv()") && call.name().equals("getOrDefault"))
                        || call.is("System", "getProperty")
                        || call.is("Integer", "getInteger")
                        || call.is("Long", "getLong");
        if (withDefault && !call.arguments().isEmpty()) {
            Optional<SyntaxNode> standard =
                    call.arguments().size() > 1 ? Optional.of(call.arguments().get(1)) : Optional.empty();
            return Optional.of(variable(call, standard, in, depth));
        }
        boolean fallback = call.name().equals("orElse") || call.name().equals("requireNonNullElse");
        if (fallback && call.node().text().contains("System.getenv(")) {
            Optional<Call> read = call.node()
                    .all("method_invocation")
                    .map(Call::of)
                    .filter(one -> one.is("System", "getenv") && one.arguments().size() == 1)
                    .findFirst();
            SyntaxNode standard = call.arguments().get(call.arguments().size() - 1);
            return read.map(one -> variable(one, Optional.of(standard), in, depth));
        }
        return Optional.empty();
    }

    private Value<Object> variable(Call call, Optional<SyntaxNode> standard, JavaClass in, int depth) {
        Object name = values.of(call.arguments().get(0), in, depth + 1).single().orElse("");
        Value<Object> otherwise = standard.map(node -> Values.step(
                        values.of(node, in, depth + 1),
                        "default of " + name,
                        call.node().origin()))
                .orElseGet(() -> new Value.Unknown<>(
                        name + " has no default",
                        "the variable " + name,
                        call.node().origin()));
        if (!call.name().equals("getenv") && !call.name().equals("getOrDefault")) {
            return otherwise;
        }
        Variables variables = index.project().view(Variables.class, Variables::of);
        Value<String> text = Values.map(otherwise, String::valueOf);
        return Values.map(
                variables.orDefault(String.valueOf(name), text, in.file().file()), Values::typed);
    }

    /** {@code environment.getProperty("key", Integer.class, 10)}. */
    private Optional<Value<Object>> configured(Call call, JavaClass in, int depth) {
        boolean reads = List.of("getProperty", "getRequiredProperty").contains(call.name())
                && !call.object().equals("System")
                && !call.arguments().isEmpty();
        if (!reads) {
            return Optional.empty();
        }
        Object key = values.of(call.arguments().get(0), in, depth + 1).single().orElse("");
        AppSettings settings = values.settings(in);
        Optional<Value<Object>> configured = settings.value(String.valueOf(key));
        if (configured.isPresent()) {
            return Optional.of(
                    Values.step(configured.get(), "property " + key, call.node().origin()));
        }
        List<SyntaxNode> others = call.arguments().stream()
                .skip(1)
                .filter(argument -> !argument.is("class_literal"))
                .toList();
        return Optional.of(
                others.isEmpty()
                        ? JavaValues.unknown("property " + key + " is not written", call.node())
                        : Values.step(
                                values.of(others.get(0), in, depth + 1),
                                "default of property " + key,
                                call.node().origin()));
    }

    /** A method of this class, or of a named one, without arguments, that only returns something. */
    private Optional<Value<Object>> own(Call call, JavaClass in, int depth) {
        if (!call.arguments().isEmpty()) {
            return Optional.empty();
        }
        Optional<JavaClass> owner = call.object().isEmpty() || call.object().equals("this")
                ? Optional.of(in)
                : call.object().matches("[A-Z]\\w*") ? index.resolve(call.object(), in.file()) : Optional.empty();
        return owner.flatMap(of -> of.methods(call.name()).stream()
                .filter(method -> method.parameters().isEmpty())
                .findFirst()
                .flatMap(method -> returned(method))
                .map(expression -> Values.step(
                        values.of(expression, of, depth + 1),
                        call.name() + "()",
                        call.node().origin())));
    }

    private static Optional<SyntaxNode> returned(JavaMethod method) {
        return method.body()
                .filter(body -> body.children().size() == 1)
                .flatMap(body -> body.first("return_statement"))
                .flatMap(statement -> statement.children().stream().findFirst());
    }
}
