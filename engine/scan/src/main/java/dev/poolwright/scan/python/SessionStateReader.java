package dev.poolwright.scan.python;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds SQL that leaves something behind in the server session, which transaction pooling gives to somebody else: SET without
 * LOCAL, LISTEN, advisory locks of the session, temporary tables, PREPARE.
 */
final class SessionStateReader implements Reader {

    private static final Set<String> RUNS = Set.of(
            "execute",
            "exec_driver_sql",
            "scalar",
            "scalars",
            "fetch",
            "fetchrow",
            "fetchval",
            "text",
            "executemany",
            "SQL",
            "func");
    private static final Map<String, Pattern> STATES = new LinkedHashMap<>();

    static {
        STATES.put(
                "SET",
                Pattern.compile("(?is)^\\s*SET\\s+(?!LOCAL\\b|TRANSACTION\\b|CONSTRAINTS\\b)(SESSION\\s+)?"
                        + "[a-z_.]+\\s*(=|\\bTO\\b).*"));
        STATES.put("LISTEN", Pattern.compile("(?is)^\\s*LISTEN\\s+\\S+.*"));
        STATES.put("advisory lock of the session", Pattern.compile("(?i)\\bpg_(try_)?advisory_lock(_shared)?\\s*\\("));
        STATES.put(
                "temporary table",
                Pattern.compile(
                        "(?is)^\\s*CREATE\\s+(GLOBAL\\s+|LOCAL\\s+)?TEMP(ORARY)?\\s+TABLE\\b(?!.*ON\\s+COMMIT\\s+DROP).*"));
        STATES.put("PREPARE", Pattern.compile("(?is)^\\s*PREPARE\\s+\\w+.*\\bAS\\b.*"));
    }

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of(
                        "advisory_lock",
                        "LISTEN ",
                        "\"SET ",
                        "'SET ",
                        "\"set ",
                        "CREATE TEMP",
                        "create temp",
                        "PREPARE ",
                        "add_listener("))
                .beside(List.of("execute", "exec_driver_sql", "fetch", "add_listener(", "cursor"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        PythonIndex index = project.view(PythonIndex.class, PythonIndex::of);
        Optional<PythonModule> module = index.module(file);
        if (module.isEmpty() || !connects(module.get())) {
            return;
        }
        Set<String> said = new HashSet<>();
        Consumer<Fact> once = fact -> {
            if (fact instanceof CodeShape shape && said.add(shape.subject() + " " + shape.what())) {
                facts.accept(fact);
            }
        };
        module.get().root().all("call").forEach(call -> {
            SyntaxNode called = call.child("function").orElse(call);
            String name = called.is("attribute") ? called.text("attribute") : called.text();
            if (name.equals("add_listener") && module.get().imports("asyncpg")) {
                report("LISTEN", call, module.get(), file, once);
            } else if (RUNS.contains(name) || name.startsWith("pg_")) {
                sql(call)
                        .flatMap(SessionStateReader::state)
                        .ifPresent(state -> report(state, call, module.get(), file, once));
            }
        });
    }

    private static boolean connects(PythonModule module) {
        return module.imports("sqlalchemy")
                || module.imports("asyncpg")
                || module.imports("psycopg")
                || module.imports("psycopg2")
                || module.imports("sqlmodel")
                || module.imports("django.db")
                || module.imports("psycopg_pool");
    }

    private static Optional<String> sql(SyntaxNode call) {
        return OwnCode.positional(call).stream()
                .limit(1)
                .filter(one -> one.is("string", "concatenated_string"))
                .map(OwnCode::string)
                .findFirst();
    }

    private static Optional<String> state(String sql) {
        return STATES.entrySet().stream()
                .filter(one -> one.getValue().matcher(sql).find())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static void report(
            String state, SyntaxNode call, PythonModule module, SourceFile file, Consumer<Fact> facts) {
        String subject = module.functionAt(call).map(ShapeFiles::subject).orElse(file.fileName());
        facts.accept(new CodeShape(
                Shape.SESSION_STATE,
                subject,
                state,
                "",
                true,
                List.of(new Step(state, call.origin())),
                file.place(),
                call.origin()));
    }
}
