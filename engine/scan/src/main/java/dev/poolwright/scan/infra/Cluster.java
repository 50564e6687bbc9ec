package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.infra.helm.Chart;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.word.WordSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Objects of Kubernetes that add to others by name: config maps and autoscalers. Immutable once it is built. */
final class Cluster {

    static final Cluster EMPTY = new Cluster();

    private static final int MOST_FILES = 2_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_DEPTH = 4;

    private final Map<String, List<ConfigNode>> configMaps = new HashMap<>();
    private final Map<String, List<ConfigNode>> autoscalers = new HashMap<>();

    private final List<ConfigNode> services = new ArrayList<>();

    private Cluster() {}

    /** Of every manifest in the tree that is no template; looks at text before it parses. */
    static Cluster of(Project project) {
        WordSearch words = new WordSearch(List.of(
                "kind: ConfigMap", "kind: Service", "HorizontalPodAutoscaler", "ScaledObject", "configMapGenerator"));
        Cluster cluster = new Cluster();
        int read = 0;
        for (SourceFile file : project.tree().files()) {
            if (file.language() == Language.YAML
                    && file.size() < MOST_BYTES
                    && read < MOST_FILES
                    && holds(file, words)) {
                if (!Chart.isTemplate(file, project)) {
                    read++;
                    project.config(file).forEach(document -> cluster.add(document, 0));
                }
            }
        }
        return cluster;
    }

    static Cluster of(List<ConfigNode> documents) {
        Cluster cluster = new Cluster();
        documents.forEach(document -> cluster.add(document, 0));
        return cluster;
    }

    private static boolean holds(SourceFile file, WordSearch words) {
        try {
            byte[] text = Files.readAllBytes(file.path());
            return !words.find(text, text.length).isEmpty();
        } catch (IOException unreadable) {
            return false; // the scan itself notes what it cannot read
        }
    }

    private void add(ConfigNode object, int depth) {
        if (depth > MOST_DEPTH) {
            return;
        }
        object.items("items").forEach(one -> add(one, depth + 1));
        object.items("objects").forEach(one -> add(one, depth + 1));
        object.items("configMapGenerator").forEach(this::addGenerated);
        switch (object.text("kind")) {
            case "ConfigMap" ->
                object.at("data")
                        .ifPresent(data -> configMaps
                                .computeIfAbsent(object.text("metadata", "name"), key -> new ArrayList<>())
                                .add(data));
            case "Service" -> {
                if (!object.entries("spec", "selector").isEmpty()) {
                    services.add(object);
                }
            }
            case "HorizontalPodAutoscaler", "ScaledObject" ->
                autoscalers
                        .computeIfAbsent(object.text("spec", "scaleTargetRef", "name"), key -> new ArrayList<>())
                        .add(object);
            default -> {}
        }
    }

    private void addGenerated(ConfigNode generator) {
        Map<String, ConfigNode> data = new LinkedHashMap<>();
        for (ConfigNode literal : generator.items("literals")) {
            String text = literal instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
            int equals = text.indexOf('=');
            if (equals > 0) {
                data.put(
                        text.substring(0, equals),
                        new ConfigNode.Scalar(text.substring(equals + 1), true, literal.origin()));
            }
        }
        if (!data.isEmpty()) {
            configMaps
                    .computeIfAbsent(generator.text("name"), key -> new ArrayList<>())
                    .add(new ConfigNode.Entries(data, generator.origin()));
        }
    }

    /** The data of a config map; empty when it is not in the tree. That in the folder of the user comes first. */
    Optional<ConfigNode> configMap(String name, String user) {
        return nearest(configMaps.getOrDefault(name, List.of()), user);
    }

    /** The name by which others reach pods with these labels: that of a service that selects them; empty when there is none. */
    Optional<String> serviceOf(Map<String, ConfigNode> labels, String user, Manifest manifest) {
        return services.stream()
                .filter(one -> folder(one.origin().file()).equals(folder(user)))
                .filter(one -> one.entries("spec", "selector").entrySet().stream()
                        .allMatch(wanted ->
                                text(wanted.getValue()).equals(text(labels.getOrDefault(wanted.getKey(), one)))))
                .map(one -> manifest.name(one, "metadata", "name"))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private static String text(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar ? scalar.text() : "\uF5E3";
    }

    /** The autoscaler of a workload; empty when there is none. */
    Optional<ConfigNode> autoscaler(String name, String user) {
        return nearest(autoscalers.getOrDefault(name, List.of()), user);
    }

    private static Optional<ConfigNode> nearest(List<ConfigNode> all, String user) {
        return all.stream()
                .filter(one -> folder(one.origin().file()).equals(folder(user)))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }

    /** What a config map sets a variable to. */
    static Value<String> entry(ConfigNode data, String key, Function<ConfigNode, Value<String>> scalars) {
        return data.at(key).map(scalars).orElseGet(() -> Value.unknown("the config map has no " + key, "its entry"));
    }
}
