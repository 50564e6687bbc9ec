package dev.poolwright.scan.tree;

import java.util.Locale;
import java.util.Map;

/** What a file is written in, as far as its name says. */
public enum Language {
    PYTHON,
    JAVA,
    KOTLIN,
    GROOVY,
    JAVASCRIPT,
    TYPESCRIPT,
    TSX,
    GO,
    RUBY,
    PHP,
    CSHARP,
    RUST,
    ELIXIR,
    SCALA,
    YAML,
    JSON,
    TOML,
    PROPERTIES,
    INI,
    XML,
    HCL,
    DOTENV,
    DOCKERFILE,
    PROCFILE,
    PRISMA,
    SHELL,
    CONF,
    REQUIREMENTS,
    OTHER;

    private static final Map<String, Language> BY_ENDING = Map.ofEntries(
            Map.entry("py", PYTHON),
            Map.entry("java", JAVA),
            Map.entry("kt", KOTLIN),
            Map.entry("kts", KOTLIN),
            Map.entry("groovy", GROOVY),
            Map.entry("gradle", GROOVY),
            Map.entry("js", JAVASCRIPT),
            Map.entry("mjs", JAVASCRIPT),
            Map.entry("cjs", JAVASCRIPT),
            Map.entry("jsx", JAVASCRIPT),
            Map.entry("ts", TYPESCRIPT),
            Map.entry("mts", TYPESCRIPT),
            Map.entry("cts", TYPESCRIPT),
            Map.entry("tsx", TSX),
            Map.entry("go", GO),
            Map.entry("rb", RUBY),
            Map.entry("php", PHP),
            Map.entry("cs", CSHARP),
            Map.entry("rs", RUST),
            Map.entry("ex", ELIXIR),
            Map.entry("exs", ELIXIR),
            Map.entry("scala", SCALA),
            Map.entry("yaml", YAML),
            Map.entry("yml", YAML),
            Map.entry("json", JSON),
            Map.entry("json5", JSON),
            Map.entry("jsonc", JSON),
            Map.entry("toml", TOML),
            Map.entry("properties", PROPERTIES),
            Map.entry("ini", INI),
            Map.entry("cfg", INI),
            Map.entry("xml", XML),
            Map.entry("tf", HCL),
            Map.entry("tfvars", HCL),
            Map.entry("hcl", HCL),
            Map.entry("prisma", PRISMA),
            Map.entry("sh", SHELL),
            Map.entry("conf", CONF));

    /** By the last part of the path. */
    public static Language of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.equals("dockerfile") || name.startsWith("dockerfile.") || name.endsWith(".dockerfile")) {
            return DOCKERFILE;
        }
        if (name.equals("procfile") || name.startsWith("procfile.")) {
            return PROCFILE;
        }
        if (name.equals(".env") || name.startsWith(".env.") || name.endsWith(".env")) {
            return DOTENV;
        }
        if (name.equals("pipfile") || name.equals("poetry.lock") || name.equals("uv.lock")) {
            return TOML;
        }
        if ((name.contains("requirements") && name.endsWith(".txt")) || name.equals("constraints.txt")) {
            return REQUIREMENTS;
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? OTHER : BY_ENDING.getOrDefault(name.substring(dot + 1), OTHER);
    }
}
