package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Java: {@code build.gradle}, {@code build.gradle.kts} and other build scripts, by line: coordinates, plugins, and what they
 * take from {@code libs.versions.toml}. Nothing is run, so what a script computes is not seen.
 */
final class GradleReader implements Reader {

    private static final Pattern COORDINATES = Pattern.compile(
            "[\"']([\\w.-]{2,100}):([\\w.-]{2,100})(?::([^\"':@]{1,100}))?(?:[:@][^\"']{0,60})?[\"'](?:\\s*\\+\\s*([\\w.]{1,80}))?");
    private static final Pattern BY_KEY = Pattern.compile(
            "name\\s*[:=]\\s*[\"']([\\w.-]{2,100})[\"'](?:\\s*,\\s*version\\s*[:=]\\s*([\"'][^\"']{1,100}[\"']|[\\w.]{1,80}))?");
    private static final Pattern PLUGIN = Pattern.compile(
            "id\\s*\\(?\\s*[\"'](org\\.springframework\\.boot|io\\.quarkus)[\"']\\s*\\)?\\s*version\\s*\\(?\\s*([\"'][^\"']{1,100}[\"']|[\\w.]{1,80})");
    private static final Set<String> BOOT =
            Set.of("org.springframework.boot.gradle.plugin", "spring-boot-dependencies", "spring-boot-gradle-plugin");
    private static final Pattern ALIAS = Pattern.compile("\\blibs\\.([A-Za-z][\\w.]{1,120})");

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(
                EnumSet.of(Language.GROOVY, Language.KOTLIN),
                file -> file.fileName().endsWith(".gradle") || file.fileName().endsWith(".gradle.kts"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Optional<String> text = project.text(file).map(SourceText::text);
        if (text.isPresent()) {
            GradleFiles files = GradleFiles.of(project);
            new Script(file, files.variables(file.folder()), files.catalog(file.folder()), new Found(file, facts))
                    .read(text.get());
        }
    }

    /** One build script. */
    private static final class Script {
        private final SourceFile file;
        private final GradleVariables variables;
        private final Catalog catalog;
        private final Found found;
        private Optional<Allowed> boot = Optional.empty();
        private Optional<Origin> hikari = Optional.empty();

        Script(SourceFile file, GradleVariables variables, Catalog catalog, Found found) {
            this.file = file;
            this.variables = variables;
            this.catalog = catalog;
            this.found = found;
        }

        void read(String text) {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.startsWith("//") && !line.startsWith("*") && !line.contains("exclude")) {
                    line(lines.get(i).substring(0, Math.min(1_000, lines.get(i).length())), i + 1);
                }
            }
            Optional<Allowed> managed = boot.or(this::bootAbove).flatMap(Boot::hikari);
            hikari.ifPresent(origin -> found.add("hikaricp", managed.orElse(Allowed.ANY), origin));
        }

        private void line(String line, int number) {
            Matcher coordinates = COORDINATES.matcher(line);
            while (coordinates.find()) {
                String version = coordinates.group(3) != null
                        ? variables.resolved(coordinates.group(3))
                        : coordinates.group(4) != null
                                ? variables.bare(coordinates.group(4)).orElse("")
                                : "";
                artifact(
                        coordinates.group(1),
                        coordinates.group(2),
                        version,
                        new Origin(file.name(), number, coordinates.start() + 1));
            }
            Matcher byKey = BY_KEY.matcher(line);
            while (byKey.find()) {
                artifact(
                        "",
                        byKey.group(1),
                        version(byKey.group(2)),
                        new Origin(file.name(), number, byKey.start() + 1));
            }
            Matcher plugin = PLUGIN.matcher(line);
            while (plugin.find()) {
                String name = plugin.group(1).equals("io.quarkus") ? "quarkus-bom" : "spring-boot-dependencies";
                artifact("", name, version(plugin.group(2)), new Origin(file.name(), number, plugin.start() + 1));
            }
            Matcher alias = ALIAS.matcher(line);
            while (alias.find()) {
                Origin origin = new Origin(file.name(), number, alias.start() + 1);
                for (Catalog.Entry entry : catalog.named(alias.group(1).replaceAll("\\.get$", ""))) {
                    artifact(entry.group(), entry.artifact(), entry.version(), origin);
                }
            }
        }

        private String version(@Nullable String written) {
            if (written == null) {
                return "";
            }
            char first = written.charAt(0);
            return first == '"' || first == '\''
                    ? variables.resolved(written.substring(1, written.length() - 1))
                    : variables.bare(written).orElse("");
        }

        private void artifact(String group, String artifact, String version, Origin origin) {
            Optional<String> name = Names.jvm(group, artifact);
            Allowed allowed =
                    version.contains("$") || !Names.hasOwnVersion(artifact) ? Allowed.ANY : Allowed.maven(version);
            if (name.isPresent()
                    && name.get().equals("spring-boot")
                    && allowed.version().isEmpty()) {
                name = Optional.empty(); // the plugin or a list of versions elsewhere says which
            }
            if (Boot.bringsHikari(artifact)
                    || (artifact.equals("HikariCP") && allowed.version().isEmpty())) {
                hikari = hikari.isPresent() ? hikari : Optional.of(origin);
            } else if (name.isPresent()) {
                found.add(name.get(), allowed, origin);
            }
            if (name.isPresent() && name.get().equals("spring-boot")) {
                boot = boot.isPresent() ? boot : Optional.of(allowed);
            }
        }

        private Optional<Allowed> bootAbove() {
            return variables
                    .boot()
                    .or(() -> catalog.byAlias().values().stream()
                            .filter(entry -> BOOT.contains(entry.artifact()))
                            .map(entry -> Allowed.maven(entry.version()))
                            .filter(allowed -> !allowed.version().isEmpty())
                            .findFirst());
        }
    }
}
