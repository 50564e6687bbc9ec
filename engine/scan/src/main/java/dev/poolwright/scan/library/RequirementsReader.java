package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigReader;
import dev.poolwright.scan.config.UnreadableConfig;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Python: {@code requirements*.txt}, {@code requirements/*.txt}, {@code requirements.in}, {@code constraints.txt}. */
final class RequirementsReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(EnumSet.of(Language.REQUIREMENTS, Language.OTHER), RequirementsReader::isOne);
    }

    private static boolean isOne(SourceFile file) {
        String name = file.fileName();
        return file.language() == Language.REQUIREMENTS
                || ((name.endsWith(".txt") || name.endsWith(".in"))
                        && (name.contains("requirements") || file.folder().endsWith("requirements")));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Optional<SourceText> text = project.text(file);
        if (text.isEmpty()) {
            return;
        }
        Found found = new Found(file, facts);
        try {
            for (ConfigNode root : ConfigReader.read(text.get(), Language.REQUIREMENTS)) {
                List<ConfigNode> lines = root.items();
                lines.forEach(line -> found.requirement(line.text(), line.origin()));
            }
        } catch (UnreadableConfig unreadable) {
            project.skip(String.valueOf(unreadable.getMessage()));
        }
    }
}
