package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A query made while the rows of another are read. In a transaction both use one connection; outside of one, each takes its
 * own. Whether there is a transaction is for callers to say, so this is never certain.
 */
final class RowCallbackReader extends JavaShapeReader {

    private static final String CALLBACKS = "(?s).*\\b(RowMapper|ResultSetExtractor|RowCallbackHandler)\\b.*";

    private static final Pattern QUERIES = Pattern.compile(
            "(?s)(mapRow|extractData|processRow)\\(.{0,6000}?(Template|Service|Repository|Dao|DAO|Operations|[cC]lients?|jdbc)\\s*\\.\\w+\\("
                    + "|[tT]emplate\\s*\\.query\\w*\\([^;]{0,600}?->|jdbc\\w*\\s*\\.query\\w*\\([^;]{0,600}?->");

    RowCallbackReader() {
        super("JdbcTemplate", "JdbcOperations", "RowMapper<", "ResultSetExtractor<");
    }

    /** Most mappers only read columns; those are told by the text. */
    @Override
    boolean worthParsing(SourceFile file, Project project) {
        return project.text(file)
                .filter(text -> QUERIES.matcher(text.text()).find())
                .isPresent();
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        Beans beans = Beans.of(index);
        Databases databases = new Databases(beans.types());
        file.root()
                .all("method_invocation")
                .forEach(call -> file.around(call)
                        .filter(in -> databases.asksTemplate(call, in) && !isTransactional(in, call))
                        .ifPresent(in -> Calls.arguments(call).stream()
                                .filter(argument -> argument.is("lambda_expression") || isCallback(argument))
                                .flatMap(function -> inside(function, in, databases, beans).stream())
                                .findFirst()
                                .ifPresent(second -> tell(
                                        second,
                                        in,
                                        new Step("rows are read by " + called(call), call.origin()),
                                        facts))));
        for (JavaClass in : file.classes()) {
            if (in.interfaces().matches(CALLBACKS)) {
                in.methods().stream()
                        .filter(method -> method.name().matches("mapRow|extractData|processRow"))
                        .forEach(method -> method.body()
                                .flatMap(body -> inside(body, in, databases, beans))
                                .ifPresent(second -> tell(
                                        second,
                                        in,
                                        new Step(
                                                "called for each row: " + method.name(),
                                                method.node().origin()),
                                        facts)));
            }
        }
    }

    private static void tell(SyntaxNode second, JavaClass in, Step first, Consumer<Fact> facts) {
        facts.accept(shape(
                Shape.NESTED_BORROW,
                in,
                second,
                called(second)
                        + " while the rows of another query are read; outside a transaction it takes a second connection",
                false,
                List.of(first, new Step("query inside it: " + called(second), second.origin()))));
    }

    private static boolean isCallback(SyntaxNode argument) {
        return argument.is("object_creation_expression")
                && argument.text("type").matches(CALLBACKS)
                && argument.first("class_body").isPresent();
    }

    private static boolean isTransactional(JavaClass in, SyntaxNode call) {
        return in.around(call).flatMap(method -> Transactions.of(in, method)).isPresent();
    }

    /** A query in there, made by itself or by a bean of this tree that is called. */
    private static Optional<SyntaxNode> inside(SyntaxNode function, JavaClass in, Databases databases, Beans beans) {
        return function.all("method_invocation")
                .filter(call -> !databases.asksTemplate(call, in) ? asksThere(call, in, databases, beans) : true)
                .findFirst();
    }

    private static boolean asksThere(SyntaxNode call, JavaClass in, Databases databases, Beans beans) {
        boolean direct = call.child("object")
                .filter(object -> object.is("identifier", "field_access"))
                .isPresent();
        if (!direct) {
            return false;
        }
        if (beans.types()
                .of(call.child("object").orElseThrow(), in)
                .filter(databases::isRepository)
                .isPresent()) {
            return true;
        }
        return beans.targets(call, in).stream()
                .filter(Beans.Target::proxied)
                .anyMatch(target -> asks(target, databases));
    }

    private static boolean asks(Beans.Target target, Databases databases) {
        JavaMethod method = target.method();
        return method.body()
                .filter(body ->
                        body.all("method_invocation").anyMatch(one -> databases.asksTemplate(one, target.owner())))
                .isPresent();
    }
}
