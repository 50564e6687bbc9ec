package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** {@code .env} files, as deployments that only set variables. */
final class DotenvReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.MANIFESTS;
    }

    @Override
    public Interest interest() {
        return Interest.named(EnumSet.of(Language.DOTENV), file -> file.size() < 256 << 10);
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        for (ConfigNode document : project.config(file)) {
            document.entries()
                    .forEach((name, value) -> variables.put(
                            name,
                            Values.masked(
                                    name,
                                    StartCommand.resolved(Manifest.plain(value).or(""), variables, value.origin()))));
        }
        if (variables.isEmpty()) {
            return;
        }
        Value<Integer> unsaid = Value.unknown("a file of variables does not say it", "a manifest");
        facts.accept(new Deployment(
                file.name(),
                "dotenv",
                Environments.word(file.fileName()),
                Paths.program(file.folder()),
                "",
                Scaling.fixed(unsaid, Scaling.none(), Rollout.RECREATE),
                variables,
                java.util.List.of(),
                Values.noTimeout(),
                place(file),
                new Origin(file.name(), 1, 1)));
    }

    private static Place place(SourceFile file) {
        String name = file.fileName().toLowerCase(Locale.ROOT);
        if (name.matches(".*(example|sample|template|dist|defaults?|tmpl).*")) {
            return Place.EXAMPLE;
        }
        boolean tests = name.contains("playwright") || name.contains("cypress");
        return tests || Environments.word(name).equals(Environments.TESTING) ? Place.TEST : Manifest.placeOf(file);
    }
}
