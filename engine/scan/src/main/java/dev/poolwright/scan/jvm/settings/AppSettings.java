package dev.poolwright.scan.jvm.settings;

import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.infra.Variables;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configuration of one application: all its files together, later ones over earlier ones, each setting by its profiles.
 * Keys are compared as Spring does. Immutable once made.
 */
public final class AppSettings {

    private final String folder;
    private final Place place;
    private final List<SourceFile> files;
    private final Variables variables;
    private final NavigableMap<String, List<Setting>> byKey = new TreeMap<>();

    /**
     * @param folder of the program that it configures, relative to the root of the tree
     * @param settings in ascending order of precedence
     * @param variables what manifests set
     */
    public AppSettings(
            String folder, Place place, List<SourceFile> files, List<Setting> settings, Variables variables) {
        this.folder = folder;
        this.place = place;
        this.files = List.copyOf(files);
        this.variables = variables;
        settings.forEach(setting -> byKey.computeIfAbsent(setting.canonical(), key -> new ArrayList<>())
                .add(setting));
    }

    public String folder() {
        return folder;
    }

    public Place place() {
        return place;
    }

    public List<SourceFile> files() {
        return files;
    }

    /** The file that stands for all of them. */
    public SourceFile lead() {
        return files.get(0);
    }

    /** Whether the files stand with the program's sources, not with what deploys it. */
    public boolean inSource() {
        return files.stream()
                .anyMatch(file -> ("/" + file.name()).contains("/src/")
                        || file.name().startsWith("grails-app/")
                        || file.name().contains("/grails-app/"));
    }

    /** The settings under a prefix; their keys are as written. */
    public List<Setting> under(String prefix) {
        String from = Setting.canonical(prefix);
        List<Setting> found = new ArrayList<>();
        byKey.subMap(from + ".", from + "/").values().forEach(found::addAll);
        byKey.subMap(from + "[", from + "\\").values().forEach(found::addAll);
        return found;
    }

    /** The names directly below a prefix, as first written. */
    public List<String> names(String prefix) {
        Map<String, String> names = new LinkedHashMap<>();
        int levels = Setting.canonical(prefix).length() + 1;
        for (Setting setting : under(prefix)) {
            String rest = setting.canonical().substring(levels);
            int dot = rest.indexOf('.');
            String canonical = dot < 0 ? rest : rest.substring(0, dot);
            names.putIfAbsent(canonical, part(setting.key(), prefix.split("\\.", -1).length));
        }
        return List.copyOf(names.values());
    }

    private static String part(String key, int index) {
        String[] parts = key.replace("['", ".").replace("']", "").split("\\.", -1);
        return index < parts.length ? parts[index] : key;
    }

    public List<Setting> at(String key) {
        return byKey.getOrDefault(Setting.canonical(key), List.of());
    }

    public boolean has(String key) {
        return byKey.containsKey(Setting.canonical(key));
    }

    /** Everything, in order of key. */
    public List<Setting> all() {
        return byKey.values().stream().flatMap(List::stream).toList();
    }

    /** Where a key is written first; the one for always, if there is one. */
    public Optional<Setting> written(String key) {
        List<Setting> found = at(key);
        return found.stream()
                .filter(setting -> setting.profile().isEmpty())
                .reduce((first, second) -> second)
                .or(() -> found.stream().findFirst());
    }

    /** What a key comes to; empty where it is not written and no manifest sets it. */
    public Optional<Value<Object>> value(String key) {
        return text(key).map(text -> Values.map(text, Values::typed));
    }

    /** {@link #value} as text. */
    public Optional<Value<String>> text(String key) {
        return text(key, 0);
    }

    Optional<Value<String>> text(String key, int depth) {
        Map<String, Value<String>> byProfile = new LinkedHashMap<>();
        for (Setting setting : at(key)) {
            byProfile.remove(setting.profile());
            byProfile.put(setting.profile(), Placeholders.resolve(setting, this, depth));
        }
        if (byProfile.isEmpty()) {
            return variables.set(environmentName(key), lead());
        }
        return Optional.of(variables.orDefault(
                environmentName(key), combine(byProfile, at(key).get(0).origin()), lead()));
    }

    private static Value<String> combine(Map<String, Value<String>> byProfile, Origin origin) {
        Value<String> always = byProfile.get("");
        if (byProfile.size() == 1 && always != null) {
            return always;
        }
        List<Value.Case<String>> cases = new ArrayList<>();
        byProfile.forEach((profile, value) -> {
            if (!profile.isEmpty()) {
                cases.add(new Value.Case<>("profile " + profile, value));
            }
        });
        if (always != null) {
            cases.add(new Value.Case<>("any other profile", always));
        }
        if (always == null) {
            return new Value.OneOf<>(cases, origin);
        }
        boolean same = always.single().isPresent()
                && cases.stream().allMatch(one -> one.value().single().equals(always.single()));
        return same ? always : new Value.OneOf<>(cases, always.origin());
    }

    /** What an environment variable comes to for this application. */
    Value<String> variable(String name, Value<String> otherwise) {
        return variables.orDefault(name, otherwise, lead());
    }

    /** {@code spring.datasource.max-size} is set by {@code SPRING_DATASOURCE_MAX_SIZE}; Boot takes {@code MAXSIZE} too. */
    static String environmentName(String key) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char one = key.charAt(i);
            boolean hump = Character.isUpperCase(one) && i > 0 && Character.isLowerCase(key.charAt(i - 1));
            name.append(hump ? "_" : "").append(Character.isLetterOrDigit(one) ? Character.toUpperCase(one) : '_');
        }
        return name.toString();
    }
}
