package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaLiterals;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Statements that leave something behind in the server session, in the texts that JDBC and its like are given. */
final class SessionStateReader extends JavaShapeReader {

    private static final Map<String, Pattern> STATES = states();
    private static final String ASKS =
            "execute|executeUpdate|executeQuery|prepareStatement|prepareCall|update|query\\w*|createNativeQuery|createSQLQuery|sql|fetch";

    SessionStateReader() {
        super(
                "\"LISTEN ",
                "pg_advisory_lock",
                "pg_try_advisory_lock",
                "CREATE TEMP",
                "create temp",
                "\"SET ",
                "\"set ",
                "GET_LOCK(");
    }

    private static Map<String, Pattern> states() {
        Map<String, Pattern> states = new LinkedHashMap<>();
        states.put("LISTEN", Pattern.compile("LISTEN\\s+[\\w\"$%{].*"));
        states.put(
                "SET",
                Pattern.compile(
                        "(?i)SET\\s+(?!LOCAL|TRANSACTION|CONSTRAINTS|REFERENTIAL|FOREIGN_KEY|DB_CLOSE|MODE)(SESSION\\s+)?(search_path|statement_timeout|lock_timeout|role|timezone|time zone|application_name|idle_in_transaction_session_timeout|work_mem)\\b.*"));
        states.put("advisory lock of the session", Pattern.compile("(?is).*\\bpg_(try_)?advisory_lock(_shared)?\\(.*"));
        states.put("temporary table", Pattern.compile("(?is)CREATE\\s+(LOCAL\\s+|GLOBAL\\s+)?TEMP(ORARY)?\\s+TABLE.*"));
        states.put("user lock of the session", Pattern.compile("(?is)SELECT\\s+GET_LOCK\\(.*"));
        return states;
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        file.root().all("string_literal").forEach(literal -> {
            Optional<JavaClass> in = file.around(literal);
            Optional<SyntaxNode> call = literal.above("method_invocation", "method_declaration", "block")
                    .filter(one ->
                            one.is("method_invocation") && one.text("name").matches(ASKS));
            if (in.isPresent() && call.isPresent()) {
                String text = JavaLiterals.text(literal).strip();
                STATES.entrySet().stream()
                        .filter(state -> state.getValue().matcher(text).matches())
                        .filter(state -> !text.matches("(?is)CREATE.*ON COMMIT DROP.*"))
                        .findFirst()
                        .ifPresent(state -> facts.accept(shape(
                                Shape.SESSION_STATE,
                                in.get(),
                                literal,
                                state.getKey(),
                                true,
                                List.of(new Step(state.getKey() + " in " + brief(literal), literal.origin())))));
            }
        });
    }
}
