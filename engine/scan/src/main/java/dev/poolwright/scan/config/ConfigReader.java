package dev.poolwright.scan.config;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceText;
import java.util.List;

/** Configuration text to trees. Stateless; safe to share. */
public final class ConfigReader {

    private ConfigReader() {}

    /** Whether there is a parser for it. */
    public static boolean knows(Language language) {
        return language == Language.YAML;
    }

    /**
     * The documents of a file, in order; one for a format without documents.
     *
     * @throws UnreadableConfig when the text does not follow the format, or passes a bound that keeps bombs out
     */
    public static List<ConfigNode> read(SourceText text, Language language) throws UnreadableConfig {
        return switch (language) {
            case YAML -> Yaml.read(text);
            default -> throw new IllegalArgumentException("language = " + language + ": there is no parser for it");
        };
    }
}
