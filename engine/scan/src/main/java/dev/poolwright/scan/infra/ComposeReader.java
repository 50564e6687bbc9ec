package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Compose files. */
final class ComposeReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.MANIFESTS;
    }

    @Override
    public Interest interest() {
        return new Interest(
                EnumSet.of(Language.YAML),
                file -> file.fileName().toLowerCase(Locale.ROOT).contains("compose")
                        || file.fileName().matches("docker-stack.*|stack\\.ya?ml"),
                List.of("services:"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        for (ConfigNode document : project.config(file)) {
            ComposeFile compose = new ComposeFile(file, document, project);
            document.entries("services").forEach((name, service) -> compose.read(name, service, facts));
        }
    }
}
