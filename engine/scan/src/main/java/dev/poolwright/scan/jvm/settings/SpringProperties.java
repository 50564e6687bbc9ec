package dev.poolwright.scan.jvm.settings;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigReader;
import dev.poolwright.scan.config.UnreadableConfig;
import dev.poolwright.scan.infra.Variables;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of each Spring, Micronaut, Quarkus or Grails application of a tree: {@code application} and
 * {@code bootstrap} files, with profiles by file name and by document.
 */
public final class SpringProperties {

    private static final Pattern NAME =
            Pattern.compile("(application|bootstrap)(?:-([\\w.+-]+?))?\\.(properties|ya?ml)");
    private static final Pattern TESTING = Pattern.compile(
            "(?i)(^|[-_.])(test|tests|it|e2e|junit|ci|testing|unittest|integration)([-_.]|$)|(?i)testcontainers?");
    private static final Pattern PARTED = Pattern.compile("(?m)^[#!]---[ \\t]*\\r?\\n");
    private static final int MOST_DOCUMENTS = 100;
    private static final Set<String> CONFIG_FOLDERS = Set.of("config", "conf", "configs", "resources", "properties");

    private final Map<String, AppSettings> byFolder = new TreeMap<>();
    private final Map<String, AppSettings> byFile = new LinkedHashMap<>();

    private SpringProperties() {}

    /** The view of a project. */
    public static SpringProperties of(Project project) {
        return project.view(SpringProperties.class, SpringProperties::read);
    }

    /** Whether a file is one of an application's own configuration files. */
    public static boolean isOne(SourceFile file) {
        return (file.language() == Language.YAML || file.language() == Language.PROPERTIES)
                && NAME.matcher(file.fileName()).matches();
    }

    /** Whether a file can be one by another name ({@code spring.config.name}): YAML at the top of the resources. */
    public static boolean canBeOne(SourceFile file) {
        return isOne(file)
                || (file.language() == Language.YAML
                        && ("/" + file.folder()).endsWith("/src/main/resources")
                        && file.place() == Place.MAIN);
    }

    /** The configuration that a file belongs to. */
    public Optional<AppSettings> of(SourceFile file) {
        return Optional.ofNullable(byFile.get(file.name()));
    }

    /** The configuration of what runs in a folder or the nearest one above it that has one. */
    public Optional<AppSettings> near(SourceFile file) {
        String folder = file.folder();
        for (int i = 0; i < 64; i++) {
            AppSettings here = byFolder.get(folder);
            if (here != null) {
                return Optional.of(here);
            }
            if (folder.isEmpty()) {
                break;
            }
            int slash = folder.lastIndexOf('/');
            folder = slash < 0 ? "" : folder.substring(0, slash);
        }
        return Optional.empty();
    }

    /**
     * Whether the configuration of a file is that of a program here. Copies that stand with manifests configure the same
     * program again; where no program of the tree has any, they are all there is.
     */
    public boolean isProgram(AppSettings app, JvmModules modules) {
        return app.inSource()
                || modules.isModule(app.folder())
                || byFolder.values().stream().noneMatch(AppSettings::inSource);
    }

    /** Those of what runs. */
    public List<AppSettings> all() {
        return List.copyOf(byFolder.values());
    }

    private static SpringProperties read(Project project) {
        Map<String, List<SourceFile>> groups = new TreeMap<>();
        for (SourceFile file : project.tree().files()) {
            if (isOne(file)) {
                Place place = place(file);
                String group = (place == Place.MAIN ? "" : place.name() + " ") + folder(file);
                groups.computeIfAbsent(group, key -> new ArrayList<>()).add(file);
            }
        }
        named(project, groups);
        SpringProperties all = new SpringProperties();
        Variables variables = project.view(Variables.class, Variables::of);
        groups.forEach((group, files) -> {
            files.sort(Comparator.comparingInt(SpringProperties::precedence).thenComparing(SourceFile::name));
            List<Setting> settings = new ArrayList<>();
            files.forEach(file -> settings.addAll(settings(project, file)));
            Place place = place(files.get(0));
            AppSettings app = new AppSettings(folder(files.get(0)), place, files, settings, variables);
            files.forEach(file -> all.byFile.put(file.name(), app));
            if (place == Place.MAIN) {
                all.byFolder.put(app.folder(), app);
            }
        });
        return all;
    }

    /** Where a program has no {@code application} file, the YAML of its resources that configures a data source. */
    private static void named(Project project, Map<String, List<SourceFile>> groups) {
        Set<String> known = Set.copyOf(groups.keySet());
        int read = 0;
        for (SourceFile file : project.tree().files()) {
            boolean free = canBeOne(file) && !isOne(file) && !known.contains(folder(file));
            if (free && read++ < MOST_DOCUMENTS) {
                boolean configures = project.config(file).stream()
                        .anyMatch(
                                document -> document.at("spring", "datasource").isPresent());
                if (configures) {
                    groups.computeIfAbsent(folder(file), key -> new ArrayList<>())
                            .add(file);
                }
            }
        }
    }

    /** A file of a profile for tests is a test's, wherever it stands. */
    private static Place place(SourceFile file) {
        return file.place() == Place.MAIN && TESTING.matcher(profile(file)).find() ? Place.TEST : file.place();
    }

    /** Later ones count more: bootstrap, application; YAML, properties; beside the code, in a folder {@code config}. */
    private static int precedence(SourceFile file) {
        int precedence = file.fileName().startsWith("bootstrap") ? 0 : 4;
        precedence += file.fileName().endsWith(".properties") ? 2 : 0;
        return precedence + (file.folder().endsWith("/config") ? 1 : 0);
    }

    private static String profile(SourceFile file) {
        Matcher name = NAME.matcher(file.fileName());
        String profile = name.matches() ? name.group(2) : null;
        return profile == null ? "" : profile;
    }

    /** {@code shop/src/main/resources/config/application.yml} configures {@code shop}. */
    static String folder(SourceFile file) {
        String folder = "/" + file.folder();
        int source = folder.indexOf("/src/");
        if (source >= 0) {
            return source == 0 ? "" : folder.substring(1, source);
        }
        for (int i = 0; i < 4; i++) {
            int slash = folder.lastIndexOf('/');
            if (slash < 0 || !CONFIG_FOLDERS.contains(folder.substring(slash + 1))) {
                break;
            }
            folder = folder.substring(0, slash);
        }
        return folder.isEmpty() ? "" : folder.substring(1);
    }

    private static List<Setting> settings(Project project, SourceFile file) {
        List<Setting> settings = new ArrayList<>();
        for (ConfigNode document : documents(project, file)) {
            String profile = profile(file);
            List<Setting> flat = FlatConfig.of(document, file, profile);
            String own = documentProfile(flat);
            if (!own.isEmpty()) {
                profile = own;
                flat = FlatConfig.of(document, file, profile);
            }
            for (Setting setting : flat) {
                Setting counted = withProfile(setting);
                if (file.place() != Place.MAIN
                        || !TESTING.matcher(counted.profile()).find()) {
                    settings.add(counted);
                }
            }
        }
        return settings;
    }

    /** Properties have documents too, parted by a comment {@code #---}; each keeps its lines. */
    private static List<ConfigNode> documents(Project project, SourceFile file) {
        String text = file.language() == Language.PROPERTIES
                ? project.text(file).map(SourceText::text).orElse("")
                : "";
        if (!PARTED.matcher(text).find()) {
            return project.config(file);
        }
        List<ConfigNode> documents = new ArrayList<>();
        StringBuilder above = new StringBuilder();
        for (String part : PARTED.split(text, MOST_DOCUMENTS)) {
            try {
                documents.addAll(ConfigReader.read(SourceText.of(file.name(), above + part), Language.PROPERTIES));
            } catch (UnreadableConfig unreadable) {
                project.skip(String.valueOf(unreadable.getMessage()));
            }
            above.append("\n"
                    .repeat(1 + (int) part.chars().filter(one -> one == '\n').count()));
        }
        return documents;
    }

    /** {@code %prod.key} of Quarkus and {@code environments.production.key} of Grails count under a profile. */
    private static Setting withProfile(Setting setting) {
        String key = setting.key().replace("\"", "");
        if (key.startsWith("%") && key.indexOf('.') > 1) {
            return under(setting, key.substring(1, key.indexOf('.')), key.substring(key.indexOf('.') + 1));
        }
        String[] parts = key.split("\\.", 3);
        return parts.length == 3 && parts[0].equals("environments") ? under(setting, parts[1], parts[2]) : setting;
    }

    private static Setting under(Setting setting, String profile, String key) {
        return new Setting(key, setting.text(), profile, setting.file(), setting.origin());
    }

    private static String documentProfile(List<Setting> document) {
        List<String> profiles = new ArrayList<>();
        for (Setting setting : document) {
            String key = setting.canonical().replaceAll("\\[\\d+]$", "");
            if (key.equals("spring.config.activate.onprofile")
                    || key.equals("spring.profiles")
                    || key.equals("micronaut.environments")) {
                profiles.add(setting.text());
            }
        }
        return String.join(",", profiles);
    }
}
