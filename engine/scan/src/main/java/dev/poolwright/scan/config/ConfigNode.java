package dev.poolwright.scan.config;

import dev.poolwright.model.fleet.Origin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of a configuration file with its place: what YAML, JSON, TOML, properties, INI, XML, HCL and {@code .env} have in common. */
public sealed interface ConfigNode permits ConfigNode.Scalar, ConfigNode.Items, ConfigNode.Entries {

    Origin origin();

    /** What stands under these keys, one below the other. */
    default Optional<ConfigNode> at(String... keys) {
        ConfigNode node = this;
        for (String key : keys) {
            ConfigNode next =
                    node instanceof Entries entries ? entries.entries().get(key) : null;
            if (next == null) {
                return Optional.empty();
            }
            node = next;
        }
        return Optional.of(node);
    }

    /** The text of the scalar under these keys, or of the XML element; empty where there is none. */
    default String text(String... keys) {
        return scalar(keys).map(Scalar::text).orElse("");
    }

    /** The scalar under these keys; for an XML element, its text. */
    default Optional<Scalar> scalar(String... keys) {
        return at(keys).map(node ->
                        node instanceof Entries entries ? entries.entries().get("#text") : node)
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast);
    }

    /** The items under these keys; the node itself where there is one and no list, as with XML elements and HCL blocks; else none. */
    default List<ConfigNode> each(String... keys) {
        return at(keys).map(node -> node instanceof Items items ? items.items() : List.of(node))
                .orElse(List.of());
    }

    /**
     * All scalars below it by their way, in the order of the file: {@code spring.datasource.url}, {@code servers[0].port}. So
     * nested formats can be read like properties, whose keys are flat from the start. At most 50,000; ways of more than 1,000
     * characters are left out.
     */
    default Map<String, Scalar> flat() {
        Map<String, Scalar> flat = new LinkedHashMap<>();
        Flat.collect(this, "", flat);
        return Collections.unmodifiableMap(flat);
    }

    /** The items under these keys; none where there is no list. */
    default List<ConfigNode> items(String... keys) {
        return at(keys).filter(Items.class::isInstance)
                .map(node -> ((Items) node).items())
                .orElse(List.of());
    }

    /** The entries under these keys; none where there is no map. */
    default Map<String, ConfigNode> entries(String... keys) {
        return at(keys).filter(Entries.class::isInstance)
                .map(node -> ((Entries) node).entries())
                .orElse(Map.of());
    }

    /**
     * A single value, as written, without quotes.
     *
     * @param quoted whether it was written in quotes, so that it is text whatever it looks like
     */
    record Scalar(String text, boolean quoted, Origin origin) implements ConfigNode {}

    /** A list. */
    record Items(List<ConfigNode> items, Origin origin) implements ConfigNode {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A map in the order of the file; a key that is written twice has the later value. */
    record Entries(Map<String, ConfigNode> entries, Origin origin) implements ConfigNode {
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }
}
