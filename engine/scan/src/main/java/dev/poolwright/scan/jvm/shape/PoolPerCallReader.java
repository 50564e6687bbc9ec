package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Pools that a method makes each time it is called, and that nothing keeps or closes; and one pool for each key of a map. */
final class PoolPerCallReader extends JavaShapeReader {

    private static final List<String> POOLS = List.of(
            "com.zaxxer.hikari.HikariDataSource",
            "com.alibaba.druid.pool.DruidDataSource",
            "com.mchange.v2.c3p0.ComboPooledDataSource",
            "org.apache.commons.dbcp2.BasicDataSource",
            "org.apache.commons.dbcp.BasicDataSource",
            "org.apache.tomcat.jdbc.pool.DataSource",
            "io.r2dbc.pool.ConnectionPool");
    private static final int MOST_CALLERS = 3;

    /** What becomes of a pool that is made often: kept in a map, or by nobody. */
    private record Fate(boolean keyed, List<Step> steps) {

        Fact fact(JavaClass in, SyntaxNode node) {
            String what = keyed
                    ? "one pool for each key of a map, so that the keys decide how many connections there are"
                    : "a pool for each call, which nothing keeps or closes";
            return shape(Shape.POOL_PER_CALL, in, node, what, !keyed, steps);
        }
    }

    PoolPerCallReader() {
        super(
                "HikariDataSource",
                "DruidDataSource",
                "ComboPooledDataSource",
                "BasicDataSource",
                "tomcat.jdbc.pool",
                "io.r2dbc.pool");
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        file.root()
                .all("object_creation_expression")
                .filter(node -> POOLS.stream().anyMatch(full -> file.means(node.text("type"), full)))
                .forEach(node -> file.around(node)
                        .ifPresent(in -> in.around(node)
                                .filter(method -> runsOften(in, method))
                                .flatMap(method -> made(
                                        node, in, method, List.of(new Step("makes " + brief(node), node.origin())), 0))
                                .map(found -> found.fact(in, node))
                                .ifPresent(facts)));
    }

    /** Methods that frameworks call once, and constructors, make the pool of whoever owns them. */
    private static boolean runsOften(JavaClass in, JavaMethod method) {
        boolean once = method.annotation(
                                "Bean",
                                "Produces",
                                "Factory",
                                "PostConstruct",
                                "Provides",
                                "Singleton",
                                "ApplicationScoped",
                                "Before",
                                "BeforeAll")
                        .isPresent()
                || method.node().is("constructor_declaration", "compact_constructor_declaration")
                || method.name()
                        .matches(
                                "main|afterPropertiesSet|start|init\\w*|setUp|contextInitialized|run|onEnable|open|configure");
        return !once && in.annotation("Configuration", "Factory").isEmpty();
    }

    private static Optional<Fate> made(SyntaxNode node, JavaClass in, JavaMethod method, List<Step> steps, int depth) {
        if (inMap(node)) {
            return Optional.of(new Fate(true, steps));
        }
        Optional<String> variable = variable(node);
        if (variable.isPresent()) {
            return ofVariable(variable.get(), node, in, method, steps, depth);
        }
        boolean returned = node.above("return_statement", "argument_list", "lambda_expression", "block")
                .filter(up -> up.is("return_statement"))
                .isPresent();
        if (returned) {
            return returned(in, method, steps, depth);
        }
        boolean asked = node.parent()
                .filter(up -> up.is("method_invocation") && up.text("name").equals("getConnection"))
                .isPresent();
        return asked ? Optional.of(new Fate(false, steps)) : Optional.empty();
    }

    /** The local variable of the method that takes it. */
    private static Optional<String> variable(SyntaxNode node) {
        SyntaxNode at = node;
        while (at.parent()
                .filter(up -> up.is("parenthesized_expression", "cast_expression"))
                .isPresent()) {
            at = at.parent().orElseThrow();
        }
        return at.parent()
                .filter(up -> up.is("variable_declarator"))
                .filter(up -> up.parent()
                        .filter(one -> one.is("local_variable_declaration"))
                        .isPresent())
                .map(up -> up.text("name"));
    }

    private static Optional<Fate> ofVariable(
            String variable, SyntaxNode node, JavaClass in, JavaMethod method, List<Step> steps, int depth) {
        boolean connects = false;
        boolean returned = false;
        boolean keyed = false;
        List<SyntaxNode> uses = method.node()
                .all("identifier")
                .filter(one -> one.text().equals(variable) && one.start() > node.end())
                .toList();
        for (SyntaxNode use : uses) {
            SyntaxNode up = use.parent().orElse(use);
            if (up.is("method_invocation")
                    && up.child("object").filter(use::equals).isPresent()) {
                String called = up.text("name");
                if (called.matches("close|destroy|dispose|shutdown")) {
                    return Optional.empty();
                }
                connects |= called.equals("getConnection");
            } else if (up.is("return_statement")) {
                returned = true;
            } else if (up.is("argument_list") && inMap(use)) {
                keyed = true;
            } else if (!(up.is("argument_list") && isTemplate(up))) {
                return Optional.empty();
            }
        }
        if (keyed) {
            return Optional.of(new Fate(true, steps));
        }
        if (returned) {
            return returned(in, method, steps, depth);
        }
        return connects ? Optional.of(new Fate(false, steps)) : Optional.empty();
    }

    private static boolean isTemplate(SyntaxNode arguments) {
        return arguments
                .parent()
                .filter(up ->
                        up.is("object_creation_expression") && up.text("type").endsWith("JdbcTemplate"))
                .filter(up ->
                        variable(up).isEmpty() || up.above("return_statement").isEmpty())
                .isPresent();
    }

    /** Handed to {@code put} of a map, or made within {@code computeIfAbsent}. */
    private static boolean inMap(SyntaxNode node) {
        Optional<SyntaxNode> call = node.above("method_invocation", "method_declaration");
        for (int i = 0; i < 5 && call.isPresent() && call.get().is("method_invocation"); i++) {
            boolean argument = call.get()
                    .child("arguments")
                    .filter(all -> all.contains(node))
                    .isPresent();
            if (argument && call.get().text("name").matches("put|putIfAbsent|computeIfAbsent|compute")) {
                return true;
            }
            call = call.get().above("method_invocation", "method_declaration");
        }
        return false;
    }

    /** What the callers in the same class do with it; a pool that leaves the class is somebody else's to keep. */
    private static Optional<Fate> returned(JavaClass in, JavaMethod method, List<Step> steps, int depth) {
        boolean mapped = in.node()
                .all("method_reference")
                .anyMatch(one -> one.text().endsWith("::" + method.name()) && inMap(one));
        if (mapped) {
            return Optional.of(new Fate(true, steps));
        }
        if (depth > 1) {
            return Optional.empty();
        }
        return in.node()
                .all("method_invocation")
                .filter(call -> call.text("name").equals(method.name())
                        && call.text("object").matches("|this|" + in.name()))
                .limit(MOST_CALLERS)
                .flatMap(call -> in
                        .around(call)
                        .filter(caller -> !caller.equals(method) && runsOften(in, caller))
                        .flatMap(caller -> made(
                                call,
                                in,
                                caller,
                                with(steps, new Step("called by " + subject(in, caller), call.origin())),
                                depth + 1))
                        .stream())
                .findFirst();
    }

    private static List<Step> with(List<Step> steps, Step step) {
        List<Step> all = new ArrayList<>(steps);
        all.add(step);
        return all;
    }
}
