package dev.poolwright.scan.jvm.pool;

import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The modules of a build by Maven, Gradle or sbt, and whether a module's build names an artifact: itself, through a parent, or
 * through another module of the tree that it depends on. What a library brings along from outside the tree is not seen.
 */
public final class JvmModules {

    /** Where an artifact is named. */
    public enum Presence {
        HERE,
        ELSEWHERE,
        NOWHERE
    }

    private static final int MOST_FILES = 2_000;
    private static final Set<String> BUILD_FILES = Set.of("pom.xml", "build.gradle", "build.gradle.kts", "build.sbt");
    private static final Pattern PROJECT =
            Pattern.compile("project\\(\\s*(?:path\\s*[:=]\\s*)?[\"']:?([\\w.:-]+)[\"']");
    private static final Pattern TYPED_PROJECT = Pattern.compile("projects\\.([\\w.]+)");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>\\s*([\\w.-]+)\\s*</artifactId>");
    private static final Pattern BOOT = Pattern.compile(
            "(?i)spring-?boot[\\w.-]*?(?:</artifactId>\\s*<version>|[.-]?version>|[\"']?\\s*\\)?\\s*version[\\s(=]*[\"']|version\\s*=\\s*[\"']|:)\\s*(\\d)\\.\\d");
    private static final Pattern GRAILS =
            Pattern.compile("(?m)^\\s*(?:def\\s+)?grailsVersion\\s*=\\s*['\"]?(\\d+)\\.|grails-bom:(\\d+)\\.");
    private static final Pattern ALIAS = Pattern.compile("^\\s*([\\w.-]+)\\s*=\\s*(.+)$", Pattern.MULTILINE);

    private final Project project;
    private final Map<String, String> builds = new HashMap<>();
    private final Map<String, String> excluded = new HashMap<>();
    private final Map<String, String> folderOf = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Integer> boot = new HashMap<>();
    private final Map<String, Step> grails = new HashMap<>();
    private final Map<String, Set<String>> closures = new ConcurrentHashMap<>();

    private JvmModules(Project project) {
        this.project = project;
        int read = 0;
        for (SourceFile file : project.tree().files()) {
            String name = file.fileName();
            boolean catalog = name.endsWith(".versions.toml");
            if (name.equals("gradle.properties") || name.equals("build.gradle")) {
                project.text(file).ifPresent(text -> grails(file, text));
            }
            boolean gradle = name.endsWith(".gradle") || name.endsWith(".gradle.kts");
            if ((catalog || gradle || BUILD_FILES.contains(name)) && read++ < MOST_FILES) {
                String text = project.text(file).map(SourceText::text).orElse("");
                if (catalog) {
                    ALIAS.matcher(text)
                            .results()
                            .forEach(found -> aliases.merge(
                                    found.group(2).toLowerCase(Locale.ROOT),
                                    accessor(found.group(1)),
                                    (a, b) -> a + " " + b));
                } else {
                    add(file.folder(), name, text);
                }
            }
        }
    }

    /** The view of a project. */
    public static JvmModules of(Project project) {
        return project.view(JvmModules.class, JvmModules::new);
    }

    private static String accessor(String alias) {
        return "libs." + alias.replace('-', '.').replace('_', '.');
    }

    private void add(String folder, String name, String text) {
        String used = text;
        Matcher version = BOOT.matcher(text);
        if (version.find()) {
            boot.putIfAbsent(folder, Integer.valueOf(version.group(1)));
        }
        if (name.equals("pom.xml")) {
            used = text.replaceAll("(?s)<!--.*?-->", "");
            excluded.merge(folder, only(used, "exclusions"), String::concat);
            used = used.replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>", "")
                    .replaceAll("(?s)<exclusions>.*?</exclusions>", "")
                    .replaceAll("(?s)<build>.*?</build>", "");
            Matcher own = ARTIFACT.matcher(used.replaceAll("(?s)<parent>.*?</parent>", ""));
            if (own.find()) {
                folderOf.putIfAbsent(own.group(1), folder);
            }
        } else {
            used = text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
            excluded.merge(
                    folder,
                    String.join(
                            "\n",
                            used.lines()
                                    .filter(line -> line.contains("exclude"))
                                    .toList()),
                    String::concat);
            used = String.join(
                    "\n", used.lines().filter(line -> !line.contains("exclude")).toList());
        }
        builds.merge(folder, used.toLowerCase(Locale.ROOT), (a, b) -> a + "\n" + b);
    }

    private static String only(String text, String element) {
        StringBuilder found = new StringBuilder();
        Matcher matcher =
                Pattern.compile("(?s)<" + element + ">.*?</" + element + ">").matcher(text);
        while (matcher.find()) {
            found.append(matcher.group()).append('\n');
        }
        return found.toString();
    }

    /** The folder of the module that a folder belongs to: the nearest one with a build file; empty for the root. */
    public String module(String folder) {
        String at = folder;
        while (!at.isEmpty() && !builds.containsKey(at)) {
            at = parent(at);
        }
        return at;
    }

    /** Whether a folder has a build file of its own. */
    public boolean isModule(String folder) {
        return builds.containsKey(folder);
    }

    /** Whether what is built in a folder depends on what is built in another one of the tree. */
    public boolean dependsOn(String folder, String other) {
        return !module(folder).equals(module(other)) && closure(module(folder)).contains(module(other));
    }

    /** Whether there is any build file, so that an artifact that is not named is not there. */
    public boolean known() {
        return !builds.isEmpty();
    }

    private static String parent(String folder) {
        int slash = folder.lastIndexOf('/');
        return slash < 0 ? "" : folder.substring(0, slash);
    }

    /** The major version of Spring Boot that a module's build names; 0 when it names none. */
    public int bootMajor(String folder) {
        for (String module : closure(module(folder))) {
            Integer major = boot.get(module);
            if (major != null) {
                return major;
            }
        }
        return 0;
    }

    /** The major version of Grails that a module's build, or one above it, names; 0 when none does. */
    public int grailsMajor(String folder) {
        return named(folder)
                .map(found -> Integer.parseInt(found.what().replaceAll("\\D", "")))
                .orElse(0);
    }

    /** Where the version of Grails is named. */
    public Optional<Step> grails(String folder) {
        return named(folder).map(found -> new Step(found.what(), found.origin()));
    }

    private Optional<Step> named(String folder) {
        String at = folder;
        for (int i = 0; i < 64; i++) {
            Step found = grails.get(at);
            if (found != null || at.isEmpty()) {
                return Optional.ofNullable(found);
            }
            at = parent(at);
        }
        return Optional.empty();
    }

    private void grails(SourceFile file, SourceText text) {
        Matcher version = GRAILS.matcher(text.text());
        if (version.find()) {
            int line = 1
                    + (int) text.text()
                            .substring(0, version.start())
                            .chars()
                            .filter(one -> one == '\n')
                            .count();
            grails.putIfAbsent(
                    file.folder(),
                    new Step(
                            "Grails " + (version.group(1) == null ? version.group(2) : version.group(1)),
                            new Origin(file.name(), line, 1)));
        }
    }

    /** Where any of these artifacts is named; parts of a name count. */
    public Presence presence(String folder, List<String> artifacts) {
        List<String> words = words(artifacts);
        for (String module : closure(module(folder))) {
            String build = builds.getOrDefault(module, "");
            if (words.stream().anyMatch(build::contains)) {
                return Presence.HERE;
            }
        }
        boolean elsewhere =
                builds.values().stream().anyMatch(build -> words.stream().anyMatch(build::contains));
        return elsewhere ? Presence.ELSEWHERE : Presence.NOWHERE;
    }

    /** Whether a module's build excludes an artifact that something else would bring. */
    public boolean excludes(String folder, String artifact) {
        Pattern exact = Pattern.compile("[>'\":]" + Pattern.quote(artifact) + "[<'\"]");
        return closure(module(folder)).stream()
                .anyMatch(module ->
                        exact.matcher(excluded.getOrDefault(module, "")).find());
    }

    private List<String> words(List<String> artifacts) {
        List<String> words = new ArrayList<>();
        for (String artifact : artifacts) {
            String word = artifact.toLowerCase(Locale.ROOT);
            words.add(word);
            aliases.forEach((value, names) -> {
                if (value.contains(word)) {
                    words.addAll(List.of(names.toLowerCase(Locale.ROOT).split(" ", -1)));
                }
            });
        }
        return words;
    }

    /** A module, its parents, and the modules of this tree that these depend on. */
    private Set<String> closure(String module) {
        return closures.computeIfAbsent(module, this::collected);
    }

    private Set<String> collected(String module) {
        Set<String> closure = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(module));
        while (!next.isEmpty() && closure.size() < MOST_FILES) {
            String at = next.pop();
            if (!closure.add(at)) {
                continue;
            }
            for (String up = at; !up.isEmpty(); ) {
                up = parent(up);
                if (builds.containsKey(up)) {
                    next.add(up);
                }
            }
            next.addAll(dependencies(at));
        }
        return closure;
    }

    private List<String> dependencies(String module) {
        String build = builds.getOrDefault(module, "");
        List<String> found = new ArrayList<>();
        ARTIFACT_LOWER
                .matcher(build)
                .results()
                .forEach(one -> folder(one.group(1)).ifPresent(found::add));
        PROJECT.matcher(build).results().forEach(one -> gradle(one.group(1)).ifPresent(found::add));
        TYPED_PROJECT
                .matcher(build)
                .results()
                .forEach(one -> gradle(one.group(1).replace('.', ':')).ifPresent(found::add));
        found.remove(module);
        return found;
    }

    private static final Pattern ARTIFACT_LOWER = Pattern.compile("<artifactid>\\s*([\\w.-]+)\\s*</artifactid>");

    private Optional<String> folder(String artifact) {
        return folderOf.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(artifact))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Optional<String> gradle(String path) {
        String folder = path.replace(':', '/');
        String compact = folder.replace("-", "");
        return builds.keySet().stream()
                .filter(one -> !one.isEmpty())
                .filter(one -> one.equalsIgnoreCase(folder)
                        || one.toLowerCase(Locale.ROOT).endsWith("/" + folder)
                        || one.replace("-", "").equalsIgnoreCase(compact))
                .findFirst();
    }

    /** The version of a library nearest to a folder; empty when not known. */
    public String version(String folder, String... names) {
        String best = "";
        int depth = -1;
        for (LibraryInUse library : project.earlier().of(LibraryInUse.class)) {
            boolean named = List.of(names).stream().anyMatch(name -> name.equalsIgnoreCase(library.name()));
            boolean over = library.folder().isEmpty()
                    || folder.equals(library.folder())
                    || folder.startsWith(library.folder() + "/");
            if (named
                    && over
                    && library.folder().length() > depth
                    && !library.version().isEmpty()) {
                best = library.version();
                depth = library.folder().length();
            }
        }
        return best;
    }
}
