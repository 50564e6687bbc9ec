package dev.poolwright.scan.node;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The datasources of the Prisma schemas of a tree. Made once for each stage. */
final class PrismaSchemas {

    private static final Pattern DATASOURCE = Pattern.compile("(?m)^\\s*datasource\\s+\\w+\\s*\\{([^}]*)\\}");
    private static final Pattern PROVIDER = Pattern.compile("(?m)^\\s*provider\\s*=\\s*\"([^\"]+)\"");
    private static final Pattern URL = Pattern.compile("(?m)^\\s*url\\s*=\\s*(?:env\\(\\s*)?\"([^\"]*)\"");
    private static final int MOST = 200;

    /**
     * A datasource.
     *
     * @param variable the environment variable that holds the URL; empty where the URL is written out
     * @param literal the URL where it is written out
     */
    record Datasource(SourceFile file, String provider, String variable, String literal, Origin origin) {
        boolean isServer() {
            return provider.isEmpty() || provider.matches("postgres(ql)?|mysql|cockroachdb|sqlserver");
        }
    }

    private final List<Datasource> all = new ArrayList<>();

    private PrismaSchemas(Project project) {
        for (SourceFile file : project.tree().files()) {
            if (file.language() == Language.PRISMA && all.size() < MOST) {
                project.text(file).flatMap(text -> datasource(file, text)).ifPresent(all::add);
            }
        }
    }

    static PrismaSchemas of(Project project) {
        return project.view(PrismaSchemas.class, PrismaSchemas::new);
    }

    /** The datasource that stands nearest to a file; empty where the tree has none. */
    Optional<Datasource> nearest(SourceFile user) {
        return all.stream().max(Comparator.comparingInt(one -> common(one.file().name(), user.name())));
    }

    private static int common(String one, String other) {
        String[] a = one.split("/", -1);
        String[] b = other.split("/", -1);
        int same = 0;
        while (same < a.length - 1 && same < b.length - 1 && a[same].equals(b[same])) {
            same++;
        }
        return same;
    }

    private static Optional<Datasource> datasource(SourceFile file, SourceText source) {
        String text = source.text();
        Matcher block = DATASOURCE.matcher(text);
        if (!block.find()) {
            return Optional.empty();
        }
        Matcher provider = PROVIDER.matcher(block.group(1));
        Matcher url = URL.matcher(block.group(1));
        boolean hasUrl = url.find();
        boolean variable = hasUrl && url.group().contains("env(");
        int at = text.substring(0, block.start(1) + (hasUrl ? url.start(1) : 0))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)
                .length;
        return Optional.of(new Datasource(
                file,
                provider.find() ? provider.group(1) : "",
                variable ? url.group(1) : "",
                hasUrl && !variable ? url.group(1) : "",
                source.origin(at)));
    }
}
