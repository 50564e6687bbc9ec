package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.EnumSet;
import java.util.function.Consumer;

/** {@code pgbouncer.ini}, {@code postgresql.conf} and {@code my.cnf} as files. */
final class DatabaseConfigReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.MANIFESTS;
    }

    @Override
    public Interest interest() {
        return Interest.named(
                EnumSet.of(Language.INI, Language.CONF, Language.OTHER),
                file -> file.size() < 256 << 10
                        && (isPooler(file)
                                || file.fileName()
                                        .matches("(?i)([\\w-]+[.-])?(postgres(ql)?[\\w.-]*\\.conf|my[\\w.-]*\\.cnf)")));
    }

    private static boolean isPooler(SourceFile file) {
        return file.fileName().matches("(?i).*pgbouncer[\\w.-]*\\.ini(\\.\\w+)?");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        String text = project.text(file).map(SourceText::text).orElse("");
        Origin first = new Origin(file.name(), 1, 1);
        if (isPooler(file)) {
            if (text.contains("[pgbouncer]")) {
                facts.accept(ConfigFiles.pooler("pgbouncer", text, Manifest.placeOf(file), first));
            }
        } else if (!isMounted(file, project)) {
            boolean mysql = file.fileName().endsWith(".cnf");
            String name = mysql ? "mysql" : "postgresql";
            ConfigFiles.server(name, name, text, Manifest.placeOf(file), first, facts);
        }
    }

    /** Whether a Compose file nearby mounts it: then it is part of that file's server. */
    private static boolean isMounted(SourceFile file, Project project) {
        return TreeIndex.of(project).compose().stream()
                .filter(other -> file.name().startsWith(other.folder()))
                .limit(20)
                .anyMatch(other ->
                        project.text(other).map(SourceText::text).orElse("").contains(file.fileName()));
    }
}
