package dev.poolwright.scan.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VariablesTest {

    private static final SourceFile API = file("services/api/app/db.py");
    private static final SourceFile SHARED = file("libs/shared/db.py");
    private static final Value<String> FIVE = Value.known("5", new Origin("services/api/app/db.py", 3, 1));

    @Test
    void platformTakesThePlaceOfTheDefault() {
        Variables variables = variables(deployment("api", "kubernetes", "", "", "POOL", "20"));

        assertThat(variables.orDefault("POOL", FIVE, API).possible()).containsExactly("20");
        assertThat(variables.orDefault("POOL", FIVE, API).trail().getFirst().what())
                .isEqualTo("POOL set by kubernetes api");
    }

    @Test
    void composeStandsBesideTheDefault() {
        Variables variables = variables(deployment("api", "compose", "", "services/api", "POOL", "20"));

        Value<String> value = variables.orDefault("POOL", FIVE, API);

        List<String> conditions = value instanceof Value.OneOf<String> oneOf
                ? oneOf.cases().stream().map(Value.Case::condition).toList()
                : List.of();
        assertThat(conditions).containsExactly("POOL not set", "in compose api");
        assertThat(value.possible()).containsExactly("5", "20");
    }

    @Test
    void composeForProductionIsAPlatform() {
        Variables variables = variables(deployment("api", "compose", "production", "services/api", "POOL", "20"));

        assertThat(variables.orDefault("POOL", FIVE, API).possible()).containsExactly("20");
    }

    @Test
    void deploymentOfOtherCodeSaysNothing() {
        Variables variables = variables(
                deployment("worker", "kubernetes", "", "services/worker", "POOL", "20"),
                deployment("api", "kubernetes", "", "services/api", "OTHER", "1"));

        assertThat(variables.set("POOL", API)).isEmpty();
        assertThat(variables.orDefault("POOL", FIVE, API)).isEqualTo(FIVE);
    }

    @Test
    void sharedCodeMayRunInEveryDeployment() {
        Variables variables = variables(
                deployment("worker", "kubernetes", "", "services/worker", "POOL", "20"),
                deployment("api", "kubernetes", "", "services/api", "POOL", "10"));

        assertThat(variables.orDefault("POOL", FIVE, SHARED).possible()).containsExactlyInAnyOrder("20", "10");
        assertThat(variables.orDefault("POOL", FIVE, API).possible()).containsExactly("10");
    }

    @Test
    void folderOfTheSameNameTellsWhoRunsAFile() {
        Variables variables = variables(
                deployment("worker", "kubernetes", "", "", "POOL", "20"),
                deployment("api", "kubernetes", "", "", "POOL", "10"));

        assertThat(variables.orDefault("POOL", FIVE, API).possible()).containsExactly("10");
    }

    @Test
    void sameValueInEveryEnvironmentIsOneValue() {
        Variables variables = variables(
                deployment("api", "kubernetes", "staging", "", "POOL", "20"),
                deployment("api", "kubernetes", "production", "", "POOL", "20"));

        assertThat(variables.orDefault("POOL", FIVE, API).single()).contains("20");
    }

    @Test
    void whatNobodySetsIsTheDefault() {
        assertThat(variables().orDefault("POOL", FIVE, API)).isEqualTo(FIVE);
        assertThat(variables().set("POOL", API)).isEmpty();
    }

    private static SourceFile file(String name) {
        return new SourceFile(Path.of(""), name, Language.PYTHON, Place.MAIN);
    }

    private static Variables variables(Deployment... deployments) {
        Project project = new Project(new SourceTree(Path.of("."), List.of(), List.of()));
        project.finish(List.<Fact>of(deployments));
        return Variables.of(project);
    }

    private static Deployment deployment(
            String name, String kind, String environment, String source, String variable, String value) {
        Origin origin = new Origin(kind + "/" + name + environment + ".yaml", 1, 1);
        Value<Integer> one = Value.known(1, origin);
        return new Deployment(
                name,
                kind,
                environment,
                source,
                "",
                new Instances(one, one, Value.known(Surge.NONE, origin), Rollout.ROLLING, ""),
                Map.of(variable, Value.known(value, origin)),
                List.of(),
                Value.unknown("not said", "the platform"),
                Place.MAIN,
                origin);
    }
}
