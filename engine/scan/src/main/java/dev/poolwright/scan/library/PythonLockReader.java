package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python: {@code poetry.lock}, {@code uv.lock}, {@code pdm.lock} and {@code Pipfile.lock}, by line. */
final class PythonLockReader implements Reader {

    private static final Set<String> FILES = Set.of("poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock");
    private static final Pattern TOML = Pattern.compile("(name|version) = \"([^\"]{1,100})\"");
    private static final Pattern JSON =
            Pattern.compile("\\s*\"([A-Za-z0-9._-]{1,100})\": (?:\\{|\"==([^\"]{1,100})\",?)");

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(EnumSet.of(Language.TOML, Language.OTHER), file -> FILES.contains(file.fileName()));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Found found = new Found(file, facts);
        Lines.each(file, project, file.fileName().equals("Pipfile.lock") ? new Pipfile(found) : new Packages(found));
    }

    /** {@code [[package]]} with its name, then its version. */
    private static final class Packages implements Lines.Taker {
        private final Found found;
        private boolean inPackage;
        private String name = "";

        Packages(Found found) {
            this.found = found;
        }

        @Override
        public void take(String line, Origin origin) {
            if (line.startsWith("[")) {
                inPackage = line.startsWith("[[package]]");
                name = "";
            }
            if (!inPackage) {
                return;
            }
            Matcher matcher = line.startsWith("name") || line.startsWith("version") ? TOML.matcher(line) : null;
            if (matcher == null || !matcher.matches()) {
                return;
            }
            if (matcher.group(1).equals("name")) {
                name = matcher.group(2);
            } else if (!name.isEmpty()) {
                found.python(name, "==" + matcher.group(2), origin);
            }
        }
    }

    /** <code>"name": {</code>, then <code>"version": "==1.2"</code>. */
    private static final class Pipfile implements Lines.Taker {
        private final Found found;
        private String name = "";

        Pipfile(Found found) {
            this.found = found;
        }

        @Override
        public void take(String line, Origin origin) {
            Matcher matcher = JSON.matcher(line);
            if (!matcher.matches()) {
                return;
            }
            if (matcher.group(2) == null) {
                name = matcher.group(1);
            } else if (matcher.group(1).equals("version")) {
                found.python(name, "==" + matcher.group(2), origin);
            }
        }
    }
}
