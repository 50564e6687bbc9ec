package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settings that a library reads from the environment by a schema in the code: convict, envalid, zod, t3-env, joi, env-var; and
 * functions of the tree in the manner of {@code env.int("NAME", 10)}.
 */
final class EnvironmentSchemas {

    private static final Set<String> PARSERS = Set.of(
            "parse", "safeParse", "getProperties", "validate", "validateSync", "load", "loadFile", "data", "value");

    /** Functions of {@code (name, default)}. Their name, or that of what they belong to, says that they read settings. */
    private static final String READS = "(?i).*(env|config|settings?).*";

    private final NodeNames names;

    EnvironmentSchemas(NodeNames names) {
        this.names = names;
    }

    /** What a call gives where it makes or reads settings; empty for other calls. */
    Optional<Meaning> call(NodeModule module, SyntaxNode call, int depth) {
        Optional<SyntaxNode> receiver = Texts.receiver(call);
        String called = Texts.called(call);
        Optional<SyntaxNode> first = Texts.argument(call, 0);
        if (receiver.isPresent()) {
            Optional<Meaning> read = read(module, receiver.get(), called, first, depth);
            if (read.isPresent()) {
                return read;
            }
        } else if (!called.matches("(?i).*env.*|convict")) {
            return Optional.empty();
        }
        Optional<Meaning> named = named(module, call, first);
        if (named.isPresent()) {
            return named;
        }
        boolean makes = called.equals("convict") || called.equals("cleanEnv") || called.equals("createEnv");
        if (!makes
                || !(names.of(module, call.child("function").orElse(call), depth) instanceof Meaning.Foreign foreign)) {
            return Optional.empty();
        }
        Optional<SyntaxNode> schema = foreign.last().equals("cleanEnv") ? Texts.argument(call, 1) : first;
        return schema.flatMap(one -> schema(module, one, depth));
    }

    private Optional<Meaning> schema(NodeModule module, SyntaxNode node, int depth) {
        return names.of(module, node, depth) instanceof Meaning.Code code
                        && code.node().is("object")
                ? Optional.of(new Meaning.Schema(code.module(), code.node()))
                : Optional.empty();
    }

    private Optional<Meaning> read(
            NodeModule module, SyntaxNode receiver, String called, Optional<SyntaxNode> first, int depth) {
        if (called.equals("object") && first.isPresent()) {
            return names.of(module, receiver, depth) instanceof Meaning.Foreign foreign
                            && Set.of("zod", "joi", "@hapi/joi", "yup", "valibot", "zod/v4")
                                    .contains(foreign.source())
                    ? schema(module, first.get(), depth)
                    : Optional.empty();
        }
        boolean chained = PARSERS.contains(called)
                || Set.of(
                                "extend",
                                "passthrough",
                                "strict",
                                "strip",
                                "superRefine",
                                "refine",
                                "unknown",
                                "required",
                                "transform")
                        .contains(called);
        if (chained || called.equals("get")) {
            Meaning base = names.of(module, receiver, depth);
            if (base instanceof Meaning.Schema schema) {
                if (!called.equals("get")) {
                    return Optional.of(schema);
                }
                Meaning at = schema;
                for (String key : first.flatMap(Texts::literal).orElse("").split("\\.", -1)) {
                    at = names.member(at, key, depth + 1);
                }
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** {@code env("NAME", 10)}, {@code env.int("NAME", 10)}, {@code configService.get<number>("NAME", 10)}. */
    private static Optional<Meaning> named(NodeModule module, SyntaxNode call, Optional<SyntaxNode> first) {
        Optional<String> name = first.flatMap(Texts::literal).filter(text -> text.matches("[A-Z][A-Z0-9_]{2,}"));
        String function = call.child("function").map(SyntaxNode::text).orElse("");
        if (name.isEmpty() || !function.matches(READS) || function.length() > 80) {
            return Optional.empty();
        }
        Optional<Meaning.Code> fallback = Texts.argument(call, 1)
                .filter(one -> !one.is("arrow_function"))
                .filter(one -> !one.text().contains("infer"))
                .map(one -> Meaning.Code.of(module, one));
        return Optional.of(new Meaning.Variable(name.get(), fallback, call.origin()));
    }

    /** One setting of a schema, or a group of them. */
    Meaning member(Meaning.Schema schema, String name, int depth) {
        if (PARSERS.contains(name)) {
            return schema;
        }
        NodeOptions options = new NodeOptions(names);
        Optional<NodeOptions.Option> found = options.option(schema.module(), schema.object(), name, depth);
        for (String group : List.of("server", "shared", "client")) {
            if (found.isEmpty()) {
                found = options.option(schema.module(), schema.object(), group, depth)
                        .flatMap(one -> names.of(one.module(), one.value(), depth + 1) instanceof Meaning.Code code
                                        && code.node().is("object")
                                ? options.option(code.module(), code.node(), name, depth + 1)
                                : Optional.empty());
            }
        }
        if (found.isEmpty()) {
            return new Meaning.Unclear(
                    "no " + name + " in the schema", schema.object().origin());
        }
        NodeOptions.Option option = found.get();
        SyntaxNode value = NodeNames.bare(option.value());
        if (value.is("object")) {
            return leaf(option, value, name);
        }
        if (value.is("identifier", "member_expression")) {
            return names.of(option.module(), value, depth + 1) instanceof Meaning.Code code
                    ? chain(code.module(), code.node(), name)
                    : new Meaning.Variable(name, Optional.empty(), value.origin());
        }
        return chain(option.module(), value, name);
    }

    /** {@code { default: 10, env: "NAME" }} of convict; a group where it has neither. */
    private static Meaning leaf(NodeOptions.Option option, SyntaxNode object, String name) {
        Optional<SyntaxNode> fallback = Optional.empty();
        String variable = "";
        for (SyntaxNode pair : object.children()) {
            if (Texts.key(pair).equals("default")) {
                fallback = pair.child("value");
            } else if (Texts.key(pair).equals("env")) {
                variable = pair.child("value").flatMap(Texts::literal).orElse("");
            }
        }
        if (fallback.isEmpty() && variable.isEmpty()) {
            return new Meaning.Schema(option.module(), object);
        }
        Optional<Meaning.Code> code = fallback.map(one -> Meaning.Code.of(option.module(), one));
        return variable.isEmpty() && code.isPresent()
                ? code.get()
                : new Meaning.Variable(variable.isEmpty() ? name : variable, code, object.origin());
    }

    /** {@code z.coerce.number().default(10)}, {@code num({ default: 10 })}. */
    private static Meaning chain(NodeModule module, SyntaxNode start, String name) {
        SyntaxNode at = start;
        Optional<Meaning.Code> fallback = Optional.empty();
        for (int i = 0; i < 16 && at.is("call_expression") && fallback.isEmpty(); i++) {
            Optional<SyntaxNode> argument = Texts.argument(at, 0);
            if (Set.of("default", "prefault", "catch").contains(Texts.called(at)) && argument.isPresent()) {
                fallback = Optional.of(Meaning.Code.of(module, argument.get()));
            } else if (argument.filter(one -> one.is("object")).isPresent()) {
                fallback = argument.get().children().stream()
                        .filter(pair -> Texts.key(pair).equals("default"))
                        .flatMap(pair -> pair.child("value").stream())
                        .findFirst()
                        .map(one -> Meaning.Code.of(module, one));
            }
            at = Texts.receiver(at).orElse(module.root());
        }
        return new Meaning.Variable(name, fallback, start.origin());
    }
}
