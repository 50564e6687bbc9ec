package dev.poolwright.scan.infra.helm;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigReader;
import dev.poolwright.scan.config.UnreadableConfig;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A Helm chart with its subcharts that are in the tree. Renders its templates with values; each scalar of the result has the
 * place where it is written, in the values or in the template. Not safe for several threads.
 */
public final class Chart {

    /** Stands in a rendered scalar where the template could not be resolved. */
    public static final String UNRESOLVED = Data.UNRESOLVED_MARK;

    private static final int MOST_TEMPLATES = 300;
    private static final int MOST_BYTES = 512 << 10;
    private static final int MOST_SUBCHARTS = 40;

    private final Project project;
    private final String folder;
    private final String name;
    private final ConfigNode description;

    /**
     * What a template becomes.
     *
     * @param template the file
     * @param documents of the rendered text; none when it cannot be rendered or is then not YAML
     * @param steps through which template line a value came, by the place of the value
     * @param readable whether it could be rendered and parsed
     */
    public record Rendered(SourceFile template, List<ConfigNode> documents, Map<Origin, Step> steps, boolean readable) {
        public Rendered {
            documents = List.copyOf(documents);
            steps = Map.copyOf(steps);
        }
    }

    private record Subchart(Chart chart, ConfigNode values) {}

    private Chart(Project project, String folder, ConfigNode description) {
        this.project = project;
        this.folder = folder;
        this.description = description;
        String written = description.text("name");
        this.name = written.isEmpty() ? folder.substring(folder.lastIndexOf('/') + 1) : written;
    }

    /** @param file a {@code Chart.yaml} */
    public static Optional<Chart> of(SourceFile file, Project project) {
        return project.config(file).stream()
                .findFirst()
                .map(description -> new Chart(project, file.folder(), description));
    }

    /** Whether a file is one of a chart's templates. */
    public static boolean isTemplate(SourceFile file, Project project) {
        int at = ("/" + file.name()).lastIndexOf("/templates/");
        if (at < 0) {
            return false;
        }
        String chart = at == 0 ? "" : file.name().substring(0, at - 1);
        return project.file(inFolder(chart, "Chart.yaml")).isPresent();
    }

    /** Whether the chart belongs to a chart above it, which renders it. */
    public boolean isSubchart() {
        int at = folder.lastIndexOf("/charts/");
        return at > 0
                && project.file(inFolder(folder.substring(0, at), "Chart.yaml")).isPresent();
    }

    public String name() {
        return name;
    }

    public String folder() {
        return folder;
    }

    /** Names of the charts that it depends on and that are switched on, wherever they are. */
    public List<String> dependencies(ConfigNode values) {
        List<String> names = new ArrayList<>();
        for (ConfigNode one : description.items("dependencies")) {
            if (enabled(one, values)) {
                names.add(one.text("name"));
            }
        }
        return names;
    }

    private static boolean enabled(ConfigNode dependency, ConfigNode values) {
        String condition = dependency.text("condition");
        if (condition.isEmpty()) {
            return true;
        }
        String path = condition.contains(",") ? condition.substring(0, condition.indexOf(',')) : condition;
        Optional<ConfigNode> switched = values.at(path.split("\\.", -1));
        return switched.isEmpty() || Data.holds(switched.get());
    }

    /** Its own values with others laid over them. */
    public ConfigNode values(List<SourceFile> overlays) {
        ConfigNode all = Data.map(Map.of());
        for (String file : List.of("values.yaml", "values.yml")) {
            Optional<SourceFile> own = project.file(inFolder(folder, file));
            if (own.isPresent()) {
                all = Data.merged(all, first(own.get()));
            }
        }
        for (SourceFile overlay : overlays) {
            all = Data.merged(all, first(overlay));
        }
        return all;
    }

    private ConfigNode first(SourceFile file) {
        List<ConfigNode> documents = project.config(file);
        return documents.isEmpty() ? Data.map(Map.of()) : documents.getFirst();
    }

    /**
     * Renders those templates whose text the filter wants, of the chart and of its subcharts in the tree that are switched on.
     *
     * @param wanted tells by the text of a template whether it is of interest
     */
    public List<Rendered> render(ConfigNode values, Predicate<String> wanted) {
        List<Subchart> charts = withSubcharts(values);
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, List<Piece>> definitions = new HashMap<>();
        for (Subchart one : charts) {
            for (SourceFile file : one.chart().templates()) {
                String text = project.text(file).map(SourceText::text).orElse("");
                texts.put(file.name(), text);
                try {
                    definitions.putAll(TemplateParser.parse(text).definitions());
                } catch (UnreadableTemplate unreadable) {
                    project.skip(file.name() + ": not a template that is understood: " + unreadable.getMessage());
                }
            }
        }
        List<Rendered> rendered = new ArrayList<>();
        for (Subchart one : charts) {
            for (SourceFile file : one.chart().templates()) {
                String text = texts.getOrDefault(file.name(), "");
                if (file.language() == Language.YAML && wanted.test(text)) {
                    rendered.add(one.chart().render(file, text, one.chart().context(one.values(), name), definitions));
                }
            }
        }
        return rendered;
    }

    private List<Subchart> withSubcharts(ConfigNode values) {
        List<Subchart> charts = new ArrayList<>(List.of(new Subchart(this, values)));
        for (int i = 0; i < charts.size() && charts.size() < MOST_SUBCHARTS; i++) {
            charts.addAll(charts.get(i).chart().subcharts(charts.get(i).values()));
        }
        return charts;
    }

    private List<Subchart> subcharts(ConfigNode values) {
        Map<String, ConfigNode> declared = new HashMap<>();
        description.items("dependencies").forEach(one -> declared.put(one.text("name"), one));
        List<Subchart> found = new ArrayList<>();
        Pattern below = Pattern.compile(Pattern.quote(inFolder(folder, "charts/")) + "[^/]+/Chart\\.yaml");
        for (SourceFile file : project.tree().files()) {
            if (found.size() < MOST_SUBCHARTS
                    && file.fileName().equals("Chart.yaml")
                    && below.matcher(file.name()).matches()) {
                Optional<Chart> chart = of(file, project);
                ConfigNode dependency = chart.map(one -> declared.getOrDefault(one.name, Data.NIL))
                        .orElse(Data.NIL);
                if (chart.isPresent() && enabled(dependency, values)) {
                    String alias = dependency.text("alias");
                    String key = alias.isEmpty() ? chart.get().name : alias;
                    ConfigNode own = chart.get().values(List.of());
                    ConfigNode over = values.at(key).orElse(Data.map(Map.of()));
                    ConfigNode global =
                            Data.map(Map.of("global", values.at("global").orElse(Data.map(Map.of()))));
                    found.add(new Subchart(chart.get(), Data.merged(Data.merged(own, over), global)));
                }
            }
        }
        return found;
    }

    private List<SourceFile> templates() {
        String prefix = inFolder(folder, "templates/");
        return project.tree().files().stream()
                .filter(file -> file.name().startsWith(prefix)
                        && !file.name().startsWith(prefix + "tests/")
                        && (file.language() == Language.YAML || file.name().endsWith(".tpl"))
                        && file.size() < MOST_BYTES)
                .limit(MOST_TEMPLATES)
                .toList();
    }

    /** What {@code .} is at the top of a template. The release has the name of the root chart, as people install it. */
    private ConfigNode context(ConfigNode values, String release) {
        return Data.map(Map.of(
                "Values",
                values,
                "Release",
                Data.map(Map.of(
                        "Name", Data.text(release),
                        "Namespace", Data.text("default"),
                        "Service", Data.text("Helm"),
                        "IsInstall", Data.truth(true),
                        "IsUpgrade", Data.truth(false),
                        "Revision", Data.number(1))),
                "Chart",
                Data.map(Map.of(
                        "Name", Data.text(name),
                        "Version", Data.text(description.text("version")),
                        "AppVersion", Data.text(description.text("appVersion")))),
                "Template",
                Data.map(Map.of("Name", Data.text(name), "BasePath", Data.text(folder + "/templates"))),
                "Capabilities",
                Data.map(Map.of(
                        "KubeVersion",
                        Data.map(Map.of(
                                "Version", Data.text("v1.33.0"),
                                "GitVersion", Data.text("v1.33.0"),
                                "Major", Data.text("1"),
                                "Minor", Data.text("33"))),
                        "APIVersions",
                        Data.list(List.of())))));
    }

    private Rendered render(SourceFile file, String text, ConfigNode context, Map<String, List<Piece>> definitions) {
        Marks marks = new Marks();
        try {
            Rendering rendering = new Rendering(definitions, context, marks);
            Rendering.Sheet sheet = rendering.write(TemplateParser.parse(text).pieces(), context);
            String yaml = sheet.finished() + sheet.left();
            Places places = new Places(file.name(), yaml, sheet.lines, marks);
            List<ConfigNode> documents = ConfigReader.read(SourceText.of(file.name(), yaml), Language.YAML).stream()
                    .map(places::moved)
                    .toList();
            return new Rendered(file, documents, places.steps(), true);
        } catch (UnreadableTemplate | UnreadableConfig unreadable) {
            project.skip(file.name() + ": the template was not understood: " + unreadable.getMessage());
            return new Rendered(file, List.of(), Map.of(), false);
        }
    }

    private static String inFolder(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
