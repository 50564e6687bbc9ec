package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** SQL in the code that needs one server session: a pooler in transaction mode breaks it. */
final class SessionReader extends NodeReader {

    private static final Map<String, String> FEATURES = Map.of(
            "(?si)\\s*LISTEN\\s+\\S+\\s*;?\\s*", "LISTEN",
            "(?si).*\\bpg_(try_)?advisory_lock(_shared)?\\s*\\(.*", "session advisory lock",
            "(?si)\\s*SET\\s+(SESSION\\s+)?(?!LOCAL\\b|TRANSACTION\\b|CONSTRAINTS\\b|SESSION\\s+CHARACTERISTICS\\b)[a-z_.\"]+\\s*(=|\\bTO\\b).*",
                    "SET of the session",
            "(?si)\\s*CREATE\\s+(LOCAL\\s+)?TEMP(ORARY)?\\s+TABLE\\s(?!.*ON\\s+COMMIT\\s+DROP).*", "temporary table");

    SessionReader() {
        super(
                "LISTEN ",
                "advisory_lock",
                "SET SESSION",
                "SET search_path",
                "SET statement_timeout",
                "SET lock_timeout",
                "SET app.",
                "set search_path",
                "TEMP TABLE",
                "TEMPORARY TABLE");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        module.root().all("string", "template_string").forEach(text -> {
            Optional<SyntaxNode> call = asked(text);
            if (call.isEmpty() || text.end() - text.start() > 4_000) {
                return;
            }
            String sql = Texts.string(text);
            FEATURES.forEach((pattern, feature) -> {
                if (sql.matches(pattern)) {
                    facts.accept(Shapes.shape(
                            Shape.SESSION_STATE,
                            module,
                            text,
                            feature + ": " + Texts.brief(text),
                            true,
                            List.of(new Step(feature, text.origin()))));
                }
            });
        });
    }

    /** The call that sends a text to the server: {@code client.query("...")}, {@code sql`...`}. */
    private static Optional<SyntaxNode> asked(SyntaxNode text) {
        Optional<SyntaxNode> up = text.parent();
        if (up.filter(one -> one.is("call_expression")).isPresent()) {
            return up.filter(one -> one.text("function").matches("(.*\\.)?(sql|\\$queryRaw|\\$executeRaw|raw)(<.*>)?"));
        }
        return up.filter(one -> one.is("arguments"))
                .flatMap(SyntaxNode::parent)
                .filter(
                        one -> Texts.called(one)
                                .matches(
                                        "query|raw|execute|unsafe|\\$?(queryRaw|executeRaw)(Unsafe)?|executeQuery|selectForUpdate"));
    }
}
