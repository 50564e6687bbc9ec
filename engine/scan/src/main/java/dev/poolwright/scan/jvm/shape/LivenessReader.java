package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.jvm.settings.SpringProperties;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Spring Boot's database check in the group of the liveness probe. */
final class LivenessReader implements Reader {

    private static final String GROUP = "management.endpoint.health.group.liveness";

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return new Interest(
                EnumSet.of(Language.YAML, Language.PROPERTIES), SpringProperties::canBeOne, List.of("liveness"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Optional<AppSettings> app = SpringProperties.of(project).of(file);
        if (app.isEmpty() || file.place() == Place.TEST) {
            return;
        }
        app.get().under(GROUP).stream()
                .filter(one -> one.file().name().equals(file.name()))
                .filter(one -> one.canonical().matches(".*liveness\\.include(\\[\\d+])?"))
                .filter(LivenessReader::hasDatabase)
                .findFirst()
                .ifPresent(one -> facts.accept(new CodeShape(
                        Shape.POOL_IN_HEALTH_CHECK,
                        "liveness",
                        "the liveness group includes " + one.text().strip(),
                        "",
                        true,
                        List.of(new Step(one.key() + " = " + one.text().strip(), one.origin())),
                        file.place(),
                        one.origin())));
    }

    private static boolean hasDatabase(Setting include) {
        return List.of(include.text().split("[,\\s\\[\\]]+")).stream()
                .anyMatch(name -> name.equals("db") || name.equals("*") || name.equals("r2dbc"));
    }
}
