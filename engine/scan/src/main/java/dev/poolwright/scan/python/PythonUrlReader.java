package dev.poolwright.scan.python;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Database URLs that stand in Python texts, with their unknown parts as {@code {name}}. */
final class PythonUrlReader implements Reader {

    static final Pattern START = Pattern.compile(
            "(?i)[fru]{0,2}(\"\"\"|'''|\"|')(postgresql|postgres|mysql|mariadb)(\\+\\w+)?://[^\\s\"'].*",
            Pattern.DOTALL);
    private static final Pattern ENVIRONMENT =
            Pattern.compile("(?:^|[^a-z])(production|prod|staging|stage)(?:[^a-z]|$)");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return PoolInterest.of("postgresql://", "postgresql+", "postgres://", "mysql+", "mysql://");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Optional<SyntaxNode> root = project.syntax(file);
        if (root.isEmpty()) {
            return;
        }
        for (SyntaxNode text : root.get().all("string").toList()) {
            if (!START.matcher(text.text()).matches() || isTalk(text)) {
                continue;
            }
            SyntaxNode whole =
                    text.parent().filter(up -> up.is("concatenated_string")).orElse(text);
            Py value = project.view(PythonValues.class, PythonValues::of)
                    .evaluator()
                    .written(whole);
            String written = value instanceof Py.Const known
                    ? String.valueOf(known.value())
                    : value instanceof Py.Partial partial ? partial.text() : "";
            if (written.chars().noneMatch(Character::isWhitespace)) {
                fact(written, "", file, whole.origin()).ifPresent(facts);
            }
        }
    }

    static Optional<Fact> fact(String text, String usedBy, SourceFile file, Origin origin) {
        return DatabaseUrls.parts(text)
                .map(parts -> new DatabaseUrl(
                        usedBy,
                        parts.scheme(),
                        parts.host(),
                        parts.database().contains("{") ? "" : parts.database(),
                        parts.parameters(),
                        parts.password(),
                        environment(file.name()),
                        file.place(),
                        origin));
    }

    /** Whether a text is meant for people or for a comparison: a docstring, a message, {@code startswith("postgresql://…")}. */
    private static boolean isTalk(SyntaxNode text) {
        Optional<SyntaxNode> up = text.parent();
        if (up.filter(one -> one.is("expression_statement", "comparison_operator"))
                .isPresent()) {
            return true;
        }
        String function = text.above("call").map(call -> call.text("function")).orElse("");
        return function.matches(
                "(?s).*(startswith|print|logger\\.\\w+|logging\\.\\w+|log\\.\\w+|echo|Error|Exception|replace|re\\.\\w+|add_argument)");
    }

    private static String environment(String name) {
        Matcher found = ENVIRONMENT.matcher(name.toLowerCase(Locale.ROOT));
        return found.find() ? found.group(1).startsWith("prod") ? "production" : "staging" : "";
    }
}
