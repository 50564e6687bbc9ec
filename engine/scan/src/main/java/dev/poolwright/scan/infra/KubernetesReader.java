package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.infra.helm.Chart;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.function.Consumer;

/** Kubernetes, Knative and OpenShift manifests, and the custom resources of PostgreSQL operators, that are no templates of Helm. */
final class KubernetesReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.MANIFESTS;
    }

    @Override
    public Interest interest() {
        return new Interest(
                EnumSet.of(Language.YAML),
                file -> file.size() < 1 << 20,
                java.util.List.of("apiVersion: ", "apiVersion:\t", "\"apiVersion\""));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        if (Chart.isTemplate(file, project)) {
            return;
        }
        Manifest manifest = new Manifest(
                "kubernetes",
                Environments.of(file.name()),
                Manifest.placeOf(file),
                Manifest::plain,
                project.view(Cluster.class, Cluster::of));
        KubernetesObjects objects = new KubernetesObjects(project, facts);
        for (ConfigNode document : project.config(file)) {
            objects.read(document, manifest);
        }
    }
}
