package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment variables of a container of a pod. */
final class PodVariables {

    /** {@code $(NAME)}: a variable that was set before. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_]\\w*)\\)");

    private PodVariables() {}

    static Map<String, Value<String>> of(ConfigNode container, Manifest manifest) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        for (ConfigNode from : container.items("envFrom")) {
            String name = manifest.text(from, "configMapRef", "name");
            String prefix = from.text("prefix");
            manifest.cluster()
                    .configMap(name, container.origin().file())
                    .ifPresent(data -> data.entries()
                            .forEach((key, value) -> put(
                                    variables, prefix + key, manifest.scalars().apply(value))));
        }
        for (ConfigNode one : container.items("env")) {
            String name = manifest.text(one, "name");
            if (!name.isEmpty()) {
                put(variables, name, value(one, container.origin().file(), manifest, variables));
            }
        }
        return variables;
    }

    private static void put(Map<String, Value<String>> variables, String name, Value<String> value) {
        variables.put(name, Values.masked(name, value));
    }

    private static Value<String> value(
            ConfigNode variable, String file, Manifest manifest, Map<String, Value<String>> before) {
        Optional<ConfigNode> from = variable.at("valueFrom");
        if (from.isEmpty()) {
            return variable.at("value")
                    .map(node ->
                            Values.map(manifest.scalars().apply(node), text -> Optional.of(referred(text, before)), ""))
                    .orElseGet(() -> Value.known("", variable.origin()));
        }
        ConfigNode source = from.get();
        Optional<ConfigNode> map = source.at("configMapKeyRef");
        if (map.isPresent()) {
            String name = manifest.text(map.get(), "name");
            String key = manifest.text(map.get(), "key");
            return manifest.cluster()
                    .configMap(name, file)
                    .flatMap(data -> data.at(key))
                    .map(manifest.scalars())
                    .orElseGet(() -> Values.unknown(
                            "comes from config map " + name + ", which is not in the tree",
                            "entry " + key + " of the config map",
                            source.origin()));
        }
        if (source.at("secretKeyRef").isPresent()) {
            String name = manifest.text(source, "secretKeyRef", "name");
            return Values.unknown("comes from secret " + name, "the running environment", source.origin());
        }
        return Values.unknown("is set by the platform", "the running environment", source.origin());
    }

    private static String referred(String text, Map<String, Value<String>> before) {
        Matcher reference = REFERENCE.matcher(text);
        return reference.replaceAll(found -> Matcher.quoteReplacement(Optional.ofNullable(before.get(found.group(1)))
                .flatMap(Value::single)
                .orElse(found.group())));
    }
}
