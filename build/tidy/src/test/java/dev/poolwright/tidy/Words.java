package dev.poolwright.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that say nothing, and words that must not stand in what people read. */
final class Words {
    private static final Set<String> EMPTY =
            Set.of("util", "utils", "utility", "impl", "helper", "helpers", "manager", "managers");

    /** Written in two parts, so that this file does not find itself. */
    static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    static final Pattern REGISTRY_HOST = Pattern.compile(
            "repo1?\\.maven\\.(apache\\.)?org|central\\.sonatype\\.(com|org)" + "|oss\\.sonatype\\.org|py"
                    + "pi\\.org|files\\.pythonhosted\\.org|registry\\.npmjs\\.org|proxy\\.golang\\.org");

    static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.:/~$}*-])/(home|root|Users|work|tmp/wt)/\\w");

    /** A running copy is an instance; only what reads from a primary may have this name. Manifests of others say replicas. */
    private static final Pattern REPLICA = Pattern.compile(
            "(?i)(?<!read[ _-]?)(?<!read[ _-]?only[ _-]?)replica(?!s[\"'`]?\\s*[:=\"'`]|tion|te|Count|Set)");

    private Words() {}

    /** Types and packages whose name is one of the empty words, and tests that are switched off. */
    static List<String> in(Source source) {
        List<String> found = new ArrayList<>();
        if (source.unit().getPackageName() != null) {
            for (String part : source.unit().getPackageName().toString().split("\\.", -1)) {
                if (EMPTY.contains(part) || part.equals("common")) {
                    found.add(source.path() + ": package name with the empty word " + part);
                }
            }
        }
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitClass(ClassTree node, @Nullable Void nothing) {
                for (String part : node.getSimpleName().toString().split("(?<=[a-z0-9])(?=[A-Z])|_", -1)) {
                    if (EMPTY.contains(part.toLowerCase(Locale.ROOT))) {
                        found.add(source.at(node) + ": type name with the empty word " + part);
                    }
                }
                return super.visitClass(node, null);
            }

            @Override
            public @Nullable Void visitAnnotation(AnnotationTree node, @Nullable Void nothing) {
                String name = node.getAnnotationType().toString();
                if (name.equals("Disabled") || name.endsWith(".Disabled")) {
                    found.add(source.at(node) + ": a test that is switched off proves nothing; mend it or remove it");
                }
                return super.visitAnnotation(node, null);
            }
        }.scan(source.unit(), null);
        return found;
    }

    /** Lines of {@code text} that hold {@code pattern}, as {@code path:line: the match}. */
    static List<String> lines(String path, String text, Pattern pattern) {
        List<String> found = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                found.add(path + ":" + number + ": " + matcher.group());
            }
        }
        return found;
    }

    static List<String> strayReplicas(String path, String text) {
        return lines(path, text, REPLICA);
    }
}
