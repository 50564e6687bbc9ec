package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Node: {@code package-lock.json}, {@code yarn.lock} and {@code pnpm-lock.yaml}, by line, as the package managers lay them out. A
 * library that a lock holds in several versions is only given where the lock says which folder has which.
 */
final class NodeLockReader implements Reader {

    private static final Pattern NPM = Pattern.compile(
            "\\s*\"(?:(.{0,200}/)?node_modules/)?((?:@[\\w.-]+/)?[\\w.-]+)\": (?:\\{|\"([^\"]{1,100})\",?)");
    private static final Pattern YARN = Pattern.compile("\"?((?:@[\\w.-]+/)?[\\w.-]+)@.*:");
    private static final Pattern YARN_VERSION = Pattern.compile("  version:? \"?([^\"]{1,100})\"?");
    private static final Pattern PNPM =
            Pattern.compile("( *)'?((?:@[\\w.-]+/)?[\\w./-]+)'?:(?: *'?([^'(_]{1,100}).*)?");

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(
                EnumSet.of(Language.JSON, Language.YAML, Language.OTHER), file -> switch (file.fileName()) {
                    case "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock" -> true;
                    default -> false;
                });
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Found found = new Found(file, facts);
        Once once = new Once();
        Lines.each(
                file,
                project,
                switch (file.fileName()) {
                    case "yarn.lock" -> new Yarn(once);
                    case "pnpm-lock.yaml" -> new Pnpm(found);
                    default -> new Npm(once, found);
                });
        once.versions.forEach((name, version) -> {
            if (!version.several()) {
                found.node(name, "=" + version.text(), version.origin());
            }
        });
    }

    private record Version(String text, boolean several, Origin origin) {}

    /** Libraries with the only version that a lock has of each. */
    private static final class Once {
        final Map<String, Version> versions = new LinkedHashMap<>();

        void add(String name, String version, Origin origin) {
            if (Names.node(name).isPresent()) {
                versions.merge(
                        name,
                        new Version(version, false, origin),
                        (one, other) -> new Version(one.text(), !one.text().equals(version), one.origin()));
            }
        }
    }

    /** <code>"node_modules/pg": {</code> (or before npm 7 <code>"pg": {</code>), then <code>"version": "8.11.3",</code>. */
    private static final class Npm implements Lines.Taker {
        private final Once once;
        private final Found found;
        private String folder = "";
        private String name = "";

        Npm(Once once, Found found) {
            this.once = once;
            this.found = found;
        }

        @Override
        public void take(String line, Origin origin) {
            Matcher matcher = line.indexOf(':') < 0 ? null : NPM.matcher(line);
            if (matcher == null || !matcher.matches()) {
                return;
            }
            if (matcher.group(3) == null) {
                folder = matcher.group(1) == null ? "" : matcher.group(1);
                name = matcher.group(2);
            } else if (matcher.group(2).equals("version") && !name.isEmpty()) {
                version(matcher.group(3), origin);
                name = "";
            }
        }

        private void version(String version, Origin origin) {
            if (folder.isEmpty()) {
                once.add(name, version, origin);
            } else if (!folder.contains("node_modules/")) {
                String own = found.file().folder();
                String below = folder.substring(0, folder.length() - 1);
                Names.node(name)
                        .ifPresent(known -> found.addFor(
                                own.isEmpty() ? below : own + "/" + below, known, Allowed.npm("=" + version), origin));
            }
        }
    }

    /** {@code pg@^8.7.1:} or {@code "pg@npm:^8.7.1":}, then {@code version "8.7.3"}. */
    private static final class Yarn implements Lines.Taker {
        private final Once once;
        private String name = "";

        Yarn(Once once) {
            this.once = once;
        }

        @Override
        public void take(String line, Origin origin) {
            if (!line.startsWith(" ")) {
                Matcher head = YARN.matcher(line);
                name = head.matches() ? head.group(1) : "";
                return;
            }
            Matcher version = name.isEmpty() ? null : YARN_VERSION.matcher(line);
            if (version != null && version.matches()) {
                once.add(name, version.group(1), origin);
            }
        }
    }

    /** {@code importers:}, a folder, a group, a library, its {@code version:}; before pnpm 8 the library has it in its line. */
    private static final class Pnpm implements Lines.Taker {
        private final Found found;
        private boolean importers;
        private boolean single = true;
        private String folder = "";
        private String name = "";

        Pnpm(Found found) {
            this.found = found;
        }

        @Override
        public void take(String line, Origin origin) {
            Matcher matcher = PNPM.matcher(line);
            if (!matcher.matches()) {
                return;
            }
            int indent = matcher.group(1).length();
            String key = matcher.group(2);
            if (indent == 0) {
                importers = key.equals("importers");
                single = !importers && (key.equals("dependencies") || key.equals("devDependencies"));
                folder = "";
                return;
            }
            int group = importers ? 4 : 0;
            if (importers && indent == 2) {
                folder = key.equals(".") ? "" : key;
            } else if ((importers || single) && indent == group + 2) {
                name = key;
                version(matcher.group(3), origin);
            } else if ((importers || single) && indent == group + 4 && key.equals("version")) {
                version(matcher.group(3), origin);
            }
        }

        private void version(@Nullable String version, Origin origin) {
            Allowed allowed = version == null ? Allowed.ANY : Allowed.npm(version.strip());
            String own = found.file().folder();
            String program = own.isEmpty() || folder.isEmpty() ? own + folder : own + "/" + folder;
            if (allowed.exact()) {
                Names.node(name).ifPresent(known -> found.addFor(program, known, allowed, origin));
            }
        }
    }
}
