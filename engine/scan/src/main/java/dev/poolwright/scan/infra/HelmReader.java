package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.infra.helm.Chart;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Helm charts: their templates rendered with {@code values.yaml}, and once more for each {@code values-<environment>.yaml}. Where
 * a template cannot be rendered, the shapes of values that most charts share stand in for it.
 */
final class HelmReader implements Reader {

    private static final int MOST_OVERLAYS = 8;

    @Override
    public Stage stage() {
        return Stage.MANIFESTS;
    }

    @Override
    public Interest interest() {
        return Interest.named(EnumSet.of(Language.YAML), file -> file.fileName().equals("Chart.yaml"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Chart chart = Chart.of(file, project).filter(one -> !one.isSubchart()).orElse(null);
        if (chart == null) {
            return;
        }
        Map<String, List<SourceFile>> environments = environments(chart.folder(), project);
        environments.forEach((environment, overlays) -> read(chart, environment, overlays, file, project, facts));
    }

    /** Overlays by environment; the chart's own values, for no environment, where there are none. */
    private static Map<String, List<SourceFile>> environments(String folder, Project project) {
        Map<String, List<SourceFile>> found = new LinkedHashMap<>();
        String prefix = folder.isEmpty() ? "" : folder + "/";
        for (SourceFile file : project.tree().files()) {
            String rest = file.name().startsWith(prefix) ? file.name().substring(prefix.length()) : "";
            boolean overlay = rest.matches("(values/|environments/|env/)?([\\w-]+[.-])?values[.-][\\w.-]+\\.ya?ml")
                    || rest.matches("(values|environments|env)/[\\w-]+\\.ya?ml")
                    || rest.matches("[\\w-]+[.-]values\\.ya?ml");
            String environment = Environments.word(file.fileName());
            if (overlay && !environment.isEmpty() && found.size() < MOST_OVERLAYS) {
                found.putIfAbsent(environment, List.of(file));
            }
        }
        boolean deployed = found.keySet().stream().anyMatch(one -> !Environments.isDevelopment(one));
        if (!deployed) {
            found.put("", List.of());
        }
        return found;
    }

    private static void read(
            Chart chart,
            String environment,
            List<SourceFile> overlays,
            SourceFile file,
            Project project,
            Consumer<Fact> facts) {
        ConfigNode values = chart.values(overlays);
        List<Chart.Rendered> rendered = chart.render(values, HelmReader::isOfInterest);
        List<ConfigNode> documents = new ArrayList<>();
        rendered.forEach(one -> documents.addAll(one.documents()));
        Cluster cluster = Cluster.of(documents);
        Manifest manifest = new Manifest("helm", environment, Manifest.placeOf(file), Manifest::plain, cluster);
        KubernetesObjects objects = new KubernetesObjects(project, facts);
        boolean all = true;
        for (Chart.Rendered one : rendered) {
            all &= one.readable();
            Manifest inside = manifest.with(scalars(one.steps()));
            one.documents().forEach(document -> objects.read(document, inside));
        }
        if (!all) {
            fallback(chart, values, rendered, manifest, facts);
        }
        databases(chart, values, manifest, facts);
    }

    private static boolean isOfInterest(String text) {
        return text.contains("kind:")
                && (text.contains("containers:")
                        || text.contains("ConfigMap")
                        || text.contains("kind: Service")
                        || text.contains("HorizontalPodAutoscaler")
                        || text.contains("ScaledObject")
                        || text.contains("serving.knative.dev")
                        || text.contains("PostgresCluster")
                        || text.contains("cnpg.io")
                        || text.contains("acid.zalan.do"));
    }

    private static Function<ConfigNode, Value<String>> scalars(Map<Origin, Step> steps) {
        return node -> {
            Value<String> plain = Manifest.plain(node);
            if (plain.single().filter(text -> text.contains(Chart.UNRESOLVED)).isPresent()) {
                return Values.unknown(
                        "the template computes it in a way that is not read", "helm template", node.origin());
            }
            Step step = steps.get(node.origin());
            return step == null || !(plain instanceof Value.Known<String> known)
                    ? plain
                    : Value.known(known.value(), known.origin(), List.of(step));
        };
    }

    /** Parts of the values that say how many run, where no template could be rendered that would use them. */
    private static void fallback(
            Chart chart, ConfigNode values, List<Chart.Rendered> rendered, Manifest manifest, Consumer<Fact> facts) {
        String unread = rendered.stream()
                .filter(one -> !one.readable())
                .map(one -> one.template().name())
                .reduce("", (a, b) -> a + " " + b)
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9 ]", "");
        values.entries().forEach((component, node) -> {
            boolean used =
                    unread.contains(component.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", ""));
            count(node)
                    .filter(count -> used)
                    .ifPresent(count -> facts.accept(new Deployment(
                            chart.name() + "-" + component,
                            "helm",
                            manifest.environment(),
                            "",
                            Image.of(node.text("image", "repository")).name(),
                            instances(node, count),
                            variables(node, manifest),
                            List.of(),
                            Values.noTimeout(),
                            manifest.place(),
                            node.origin())));
        });
    }

    private static Optional<ConfigNode> count(ConfigNode component) {
        return component
                .at("replicaCount")
                .or(() -> component.at("replicas"))
                .filter(ConfigNode.Scalar.class::isInstance);
    }

    private static Instances instances(ConfigNode component, ConfigNode count) {
        Value<Integer> fixed = Values.integer(Manifest.plain(count));
        boolean scaled = component.text("autoscaling", "enabled").equals("true");
        Value<Integer> least = scaled ? written(component, "minReplicas").orElse(fixed) : fixed;
        Value<Integer> most = scaled ? written(component, "maxReplicas").orElse(fixed) : fixed;
        return new Instances(
                least,
                most,
                new Value.Default<>(new Surge(0, 0.25), "kubernetes", ""),
                Rollout.ROLLING,
                scaled ? "cpu" : "");
    }

    private static Optional<Value<Integer>> written(ConfigNode component, String key) {
        return component.at("autoscaling", key).map(node -> Values.integer(Manifest.plain(node)));
    }

    private static Map<String, Value<String>> variables(ConfigNode component, Manifest manifest) {
        Map<String, Value<String>> variables = new LinkedHashMap<>(PodVariables.of(component, manifest));
        component
                .entries("env")
                .forEach((name, value) -> variables.put(name, Values.masked(name, Manifest.plain(value))));
        return variables;
    }

    /** Charts of databases that it depends on, and that are fetched when it is installed. */
    private static void databases(Chart chart, ConfigNode values, Manifest manifest, Consumer<Fact> facts) {
        for (String name : chart.dependencies(values)) {
            String engine =
                    name.startsWith("postgresql") ? "postgresql" : name.matches("mysql|mariadb.*") ? "mysql" : "";
            if (!engine.isEmpty()) {
                ConfigNode own = values.at(name).orElse(values);
                String limit =
                        own.text("primary", "extendedConfiguration") + "\n" + own.text("primary", "configuration");
                Value<Integer> most = ConfigFiles.maxConnections(limit, own.origin());
                facts.accept(new DeclaredServer(
                        chart.name() + "-" + name,
                        engine,
                        Image.of("x:" + own.text("image", "tag")).version(),
                        "",
                        most.possible().isEmpty()
                                ? Values.unknown("not written", "max_connections of " + name, own.origin())
                                : most,
                        manifest.place(),
                        own.origin()));
            }
        }
    }
}
