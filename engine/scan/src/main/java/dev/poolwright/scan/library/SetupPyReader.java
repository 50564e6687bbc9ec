package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Python: {@code setup.py}, as far as requirements are written out in lists; nothing is run. */
final class SetupPyReader implements Reader {

    private static final EnumSet<Language> PYTHON = EnumSet.of(Language.PYTHON);

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(PYTHON, file -> file.fileName().equals("setup.py"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Found found = new Found(file, facts);
        project.syntax(file)
                .ifPresent(root -> Stream.concat(
                                root.all("keyword_argument")
                                        .filter(one -> one.text("name").endsWith("_require")
                                                || one.text("name").endsWith("_requires")),
                                root.all("assignment")
                                        .filter(one -> one.text("left")
                                                .toLowerCase(Locale.ROOT)
                                                .contains("require")))
                        .flatMap(one -> one.all("string"))
                        .distinct()
                        .forEach(text -> found.requirement(unquoted(text), text.origin())));
    }

    private static String unquoted(SyntaxNode string) {
        return string.text().replaceAll("^[A-Za-z]*[\"']+|[\"']+$", "");
    }
}
