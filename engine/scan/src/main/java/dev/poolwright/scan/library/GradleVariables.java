package dev.poolwright.scan.library;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Gradle builds write once and use by name: variables of the build files of a folder and those above it, and
 * {@code gradle.properties}. Read by line; nothing is run.
 */
final class GradleVariables {

    static final GradleVariables NONE = new GradleVariables();

    private static final List<String> FILES = List.of(
            "build.gradle",
            "build.gradle.kts",
            "gradle/dependencies.gradle",
            "dependencies.gradle",
            "versions.gradle",
            "settings.gradle",
            "settings.gradle.kts");
    private static final Pattern BOOT = Pattern.compile(
            "(?:[\"']org\\.springframework\\.boot[\"']\\s*\\)?\\s*version\\s*\\(?\\s*[\"']?|org\\.springframework\\.boot:spring-boot-(?:gradle-plugin|dependencies):)([\\w.${}-]{1,80})");
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?m)(?:^|[{;])\\s*(?:def |val |var |const |ext\\.|set\\()?\\s*[\"'\\[]*([A-Za-z_][\\w.-]{0,80})[\"'\\]]*\\s*(?::\\s*String)?\\s*[=:,]\\s*(?:by extra\\()?[\"']([^\"'$\\n]{1,80})[\"']");
    private static final Pattern USE = Pattern.compile(
            "\\$\\{?(?:rootProject\\.|project\\.)?(?:ext\\.)?([\\w.]{1,80})(?:\\([\"']([\\w.-]{1,80})[\"']\\))?\\}?");
    private static final Pattern LOOSE =
            Pattern.compile("(?:rootProject\\.|project\\.)?(?:ext\\.)?([A-Za-z_][\\w.]{0,80})");

    private final Map<String, String> byName = new HashMap<>();
    private String boot = "";

    /** @param above what the folder above has */
    static GradleVariables in(String folder, GradleVariables above, Project project) {
        GradleVariables variables = new GradleVariables();
        String prefix = folder.isEmpty() ? "" : folder + "/";
        for (String name : FILES) {
            project.file(prefix + name)
                    .flatMap(project::text)
                    .map(SourceText::text)
                    .ifPresent(variables::assignments);
        }
        project.file(prefix + "gradle.properties")
                .ifPresent(file -> project.config(file).stream()
                        .flatMap(root -> root.entries().entrySet().stream())
                        .forEach(one -> variables.byName.putIfAbsent(
                                one.getKey(), one.getValue().text())));
        above.byName.forEach(variables.byName::putIfAbsent);
        variables.boot = variables.boot.isEmpty() ? above.boot : variables.boot;
        return variables;
    }

    private void assignments(String text) {
        Matcher plugin = BOOT.matcher(text);
        if (boot.isEmpty() && plugin.find()) {
            boot = plugin.group(1);
        }
        Matcher assignment = ASSIGNMENT.matcher(text);
        while (assignment.find()) {
            byName.putIfAbsent(assignment.group(1), assignment.group(2));
        }
    }

    /** A text in quotes with its variables put in; one that is not known stays. */
    String resolved(String text) {
        return USE.matcher(text).replaceAll(found -> {
            String name = found.group(2) == null ? found.group(1) : found.group(2);
            return Matcher.quoteReplacement(value(name).orElse(found.group()));
        });
    }

    /** The value of a bare expression, for example {@code springVersion} or {@code rootProject.ext.springVersion}. */
    Optional<String> bare(String expression) {
        Matcher matcher = LOOSE.matcher(expression.strip());
        return matcher.matches() ? value(matcher.group(1)) : Optional.empty();
    }

    /** The version of Spring Boot that the build files of a folder, or of one above it, name for their plugin or list of versions. */
    Optional<Allowed> boot() {
        String written = boot.indexOf('$') < 0 ? bare(boot).orElse(boot) : resolved(boot);
        return Optional.of(Allowed.maven(written)).filter(one -> !one.version().isEmpty());
    }

    private Optional<String> value(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return Optional.ofNullable(byName.get(name)).or(() -> Optional.ofNullable(byName.get(last)));
    }
}
