package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.fleet.Value.Case;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which manifests set an environment variable, and for whom.
 *
 * <p>What a platform manifest (Kubernetes, Helm, Cloud Run, Terraform, ECS …) sets is what runs, so it takes the place of the
 * code's default. What only Compose, a {@code .env} file or a manifest for development sets is one possibility beside that
 * default. Examples and tests set nothing. Immutable; made once for each stage with {@code project.view(Variables.class, Variables::of)}.
 */
public final class Variables {

    /** Kinds of deployment that people start on a machine of their own, unless the name says otherwise. */
    private static final Set<String> LOCAL_KINDS = Set.of("compose", "dotenv");

    /** Folders that say how code is laid out and not which program it is. */
    private static final Set<String> LAYOUT = Set.of(
            "src",
            "app",
            "lib",
            "libs",
            "main",
            "java",
            "kotlin",
            "resources",
            "core",
            "config",
            "packages",
            "services",
            "apps",
            "com",
            "org",
            "python",
            "common",
            "shared",
            "utils",
            "database",
            "models");

    private final List<Deployment> deployments;
    private final Map<String, List<Setting>> settings = new HashMap<>();

    private record Setting(Deployment by, Value<String> value) {
        boolean local() {
            return Environments.isDevelopment(by.environment())
                    || (LOCAL_KINDS.contains(by.kind()) && by.environment().isEmpty());
        }

        String condition() {
            String where = by.environment().isEmpty() ? "" : " (" + by.environment() + ")";
            return "in " + by.kind() + " " + by.name() + where;
        }
    }

    private Variables(List<Deployment> deployments) {
        this.deployments = deployments;
        for (Deployment by : deployments) {
            by.variables()
                    .forEach((name, value) -> settings.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(new Setting(by, value)));
        }
    }

    /** Of the deployments that the manifest stage found; empty before that stage has ended. */
    public static Variables of(Project project) {
        return new Variables(project.earlier().of(Deployment.class).stream()
                .filter(deployment -> deployment.place() == Place.MAIN)
                .toList());
    }

    /**
     * What manifests set a variable to, for a program that the file belongs to.
     *
     * @param user the file that reads the variable
     * @return empty when no manifest sets it; one of several where manifests differ; secrets are masked
     */
    public Optional<Value<String>> set(String name, SourceFile user) {
        List<Setting> those = those(name, user);
        List<Setting> platform =
                those.stream().filter(setting -> !setting.local()).toList();
        return (platform.isEmpty() ? those : platform)
                .stream()
                        .findFirst()
                        .map(first -> oneOf(
                                name,
                                platform.isEmpty() ? those : platform,
                                List.of(),
                                first.by().origin()));
    }

    /**
     * The value that a program sees: what platform manifests set; else the code's default, beside what Compose and
     * {@code .env} files set.
     *
     * @param codeDefault what the code takes when the variable is not set; unknown when it has none
     */
    public Value<String> orDefault(String name, Value<String> codeDefault, SourceFile user) {
        List<Setting> those = those(name, user);
        if (those.isEmpty()) {
            return codeDefault;
        }
        List<Setting> platform =
                those.stream().filter(setting -> !setting.local()).toList();
        if (!platform.isEmpty()) {
            return oneOf(name, platform, List.of(), platform.getFirst().by().origin());
        }
        return oneOf(name, those, List.of(new Case<>(name + " not set", codeDefault)), codeDefault.origin());
    }

    /** Who sets it for this file: the deployments that run it where that is known, else all that may. */
    private List<Setting> those(String name, SourceFile user) {
        List<Setting> all = settings.getOrDefault(name, List.of());
        if (all.isEmpty()) {
            return all;
        }
        List<Setting> running =
                all.stream().filter(setting -> runs(setting.by(), user)).toList();
        if (!running.isEmpty()) {
            return running;
        }
        boolean known = deployments.stream().anyMatch(deployment -> runs(deployment, user));
        return known
                ? all.stream()
                        .filter(setting -> setting.by().source().isEmpty())
                        .toList()
                : all;
    }

    /** Whether a deployment is known to run the code of a file: by its source folder, or by a folder of the same name. */
    private static boolean runs(Deployment deployment, SourceFile user) {
        if (!deployment.source().isEmpty()) {
            return user.name().startsWith(deployment.source() + "/");
        }
        String name = plain(deployment.name());
        String image = plain(deployment.image().substring(deployment.image().lastIndexOf('/') + 1));
        for (String part : user.folder().split("/", -1)) {
            String folder = plain(part);
            boolean says = folder.length() > 2 && !LAYOUT.contains(folder);
            if (says && (isNamed(name, folder) || isNamed(image, folder))) {
                return true;
            }
        }
        return false;
    }

    /** {@code shop-orders} and {@code orders-staging} run what stands in {@code orders}. */
    private static boolean isNamed(String deployed, String folder) {
        return deployed.equals(folder)
                || deployed.endsWith("-" + folder)
                || (deployed.startsWith(folder + "-")
                        && !Environments.word(deployed.substring(folder.length()))
                                .isEmpty());
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static Value<String> oneOf(
            String name, List<Setting> settings, List<Case<String>> beside, Origin otherwise) {
        Map<Object, Case<String>> different = new LinkedHashMap<>();
        for (Case<String> one : beside) {
            different.put(key(one.value()), one);
        }
        Set<String> conditions = new LinkedHashSet<>();
        for (Setting setting : settings) {
            if (conditions.add(setting.condition())) {
                different.putIfAbsent(key(setting.value()), new Case<>(setting.condition(), traced(name, setting)));
            }
        }
        List<Case<String>> cases = List.copyOf(different.values());
        return cases.size() == 1 ? cases.getFirst().value() : new Value.OneOf<>(cases, otherwise);
    }

    private static Object key(Value<String> value) {
        return value.possible().isEmpty() ? "" : value.possible();
    }

    private static Value<String> traced(String name, Setting setting) {
        if (!(setting.value() instanceof Value.Known<String> known)) {
            return setting.value();
        }
        List<Step> trail = new ArrayList<>(known.trail());
        trail.add(new Step(
                name + " set by " + setting.by().kind() + " " + setting.by().name(), known.origin()));
        return Value.known(known.value(), known.origin(), trail);
    }
}
