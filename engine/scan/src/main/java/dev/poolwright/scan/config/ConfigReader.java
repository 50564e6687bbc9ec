package dev.poolwright.scan.config;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceText;
import java.util.List;

/** Configuration text to trees. Stateless; safe to share. */
public final class ConfigReader {

    private ConfigReader() {}

    /** Whether there is a parser for it. */
    public static boolean knows(Language language) {
        return switch (language) {
            case YAML, JSON, TOML, PROPERTIES, INI, XML, HCL, DOTENV, DOCKERFILE, PROCFILE, PRISMA, REQUIREMENTS ->
                true;
            default -> false;
        };
    }

    /**
     * The documents of a file, in order; one for a format without documents.
     *
     * @throws UnreadableConfig when the text does not follow the format, or passes a bound that keeps bombs out: nothing else
     *     is thrown, whatever the text
     */
    public static List<ConfigNode> read(SourceText source, Language language) throws UnreadableConfig {
        ConfigText text = new ConfigText(source);
        return switch (language) {
            case YAML -> Yaml.read(text);
            case JSON -> Json.read(text);
            case TOML -> Toml.read(text);
            case PROPERTIES -> Properties.read(text);
            case INI -> Ini.read(text);
            case XML -> Xml.read(text);
            case HCL -> Hcl.read(text);
            case DOTENV -> DotEnv.read(text);
            case DOCKERFILE -> Dockerfile.read(text);
            case PROCFILE -> Procfile.read(text);
            case PRISMA -> Prisma.read(text);
            case REQUIREMENTS -> Requirements.read(text);
            default -> throw new IllegalArgumentException("language = " + language + ": there is no parser for it");
        };
    }
}
