package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.tree.Places;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How to read a manifest: what its scalars mean, and what belongs to it.
 *
 * @param kind of the deployments that it makes
 * @param environment empty when nothing says it
 * @param scalars the value of a scalar node, with placeholders resolved where that can be
 * @param cluster what other manifests of the same tree or chart add
 */
record Manifest(
        String kind, String environment, Place place, Function<ConfigNode, Value<String>> scalars, Cluster cluster) {

    /** What an unknown value would be settled by, where a part of it is known: the text follows. */
    static final String PARTLY = "the placeholders of ";

    private static final Pattern PLACEHOLDER = Pattern.compile("[-_.]?\\$\\{\\{?\\w+}?}");

    /** The text of a scalar as it stands. */
    static Value<String> plain(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar
                ? Value.known(scalar.text(), scalar.origin())
                : Values.unknown("not a single value", "a single value", node.origin());
    }

    /**
     * In which part of the tree a manifest stands. A folder {@code templates} holds examples among code, but what is deployed
     * among manifests.
     */
    static Place placeOf(SourceFile file) {
        if (file.place() != Place.EXAMPLE) {
            return file.place();
        }
        for (String folder : List.of(file.folder().toLowerCase(Locale.ROOT).split("/", -1))) {
            if (Places.isExample(folder)) {
                return Place.EXAMPLE;
            }
        }
        return Place.MAIN;
    }

    Value<String> value(ConfigNode node, String... keys) {
        return node.at(keys)
                .map(scalars)
                .orElseGet(() -> Value.unknown("not written", String.join(".", keys) + " in the manifest"));
    }

    /** The text of the scalar under these keys with placeholders resolved; those that cannot be stay as they are. */
    String text(ConfigNode node, String... keys) {
        return node.at(keys)
                .filter(ConfigNode.Scalar.class::isInstance)
                .map(one -> written(scalars.apply(one), ((ConfigNode.Scalar) one).text()))
                .orElse("");
    }

    private static String written(Value<String> value, String text) {
        if (value instanceof Value.Unknown<String> unknown
                && unknown.settledBy().startsWith(PARTLY)) {
            return unknown.settledBy().substring(PARTLY.length());
        }
        return value.single().orElse(text);
    }

    /** A name with what is not known of it left out: {@code shop-${SUFFIX}} is {@code shop}; as it stands where nothing is left. */
    String name(ConfigNode node, String... keys) {
        String text = text(node, keys);
        String known = PLACEHOLDER.matcher(text).replaceAll("").replaceAll("^[-_.]+|[-_.]+$", "");
        return known.isEmpty() ? text : known;
    }

    Manifest with(Function<ConfigNode, Value<String>> others) {
        return new Manifest(kind, environment, place, others, cluster);
    }

    Manifest ofKind(String other) {
        return new Manifest(other, environment, place, scalars, cluster);
    }
}
