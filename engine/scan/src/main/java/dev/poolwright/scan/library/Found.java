package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.tree.SourceFile;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes what one file declares and makes facts of it, for the folder of the program that the file belongs to. */
final class Found {

    /** Folders that hold nothing but declarations: what stands in them is for the folder above. */
    private static final Set<String> HOLDERS = Set.of("requirements", "requirements.d", "reqs", "gradle");

    /** PEP 508: name, extras, then versions in brackets or bare, up to a marker. */
    private static final Pattern REQUIREMENT = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[([^\\]]*)\\])?\\s*\\(?([^;@#)]*)\\)?.*", Pattern.DOTALL);

    private static final int LONGEST = 500;

    private final SourceFile file;
    private final String folder;
    private final Consumer<Fact> facts;

    Found(SourceFile file, Consumer<Fact> facts) {
        this.file = file;
        this.facts = facts;
        String own = file.folder();
        int slash = own.lastIndexOf('/');
        boolean holder = HOLDERS.contains(own.substring(slash + 1).toLowerCase(Locale.ROOT));
        this.folder = !holder ? own : slash < 0 ? "" : own.substring(0, slash);
    }

    SourceFile file() {
        return file;
    }

    /** A library under our name. */
    void add(String name, Allowed allowed, Origin origin) {
        addFor(folder, name, allowed, origin);
    }

    /** For another folder than the file's own. */
    void addFor(String program, String name, Allowed allowed, Origin origin) {
        facts.accept(new LibraryInUse(program, name, allowed.version(), allowed.exact(), file.place(), origin));
    }

    /** A Python library, if it is one that matters. */
    void python(String name, String specifier, Origin origin) {
        Names.python(name).ifPresent(known -> add(known, Allowed.python(specifier), origin));
    }

    /** A requirement as one text: {@code sqlalchemy[asyncio]>=2.0 ; python_version > "3.8"}. */
    void requirement(String text, Origin origin) {
        Matcher matcher = REQUIREMENT.matcher(
                text.substring(0, Math.min(LONGEST, text.length())).strip());
        if (!matcher.matches()) {
            return;
        }
        String options = matcher.group(3);
        int option = options.indexOf(" --");
        python(matcher.group(1), option < 0 ? options : options.substring(0, option), origin);
        String extras = matcher.group(2);
        if (extras != null) {
            extras(matcher.group(1), extras, origin);
        }
    }

    /** Libraries that another one brings when it is asked for them. */
    void extras(String name, String extras, Origin origin) {
        if (name.equalsIgnoreCase("psycopg") && extras.contains("pool")) {
            add("psycopg_pool", Allowed.ANY, origin);
        }
    }

    void node(String name, String range, Origin origin) {
        Names.node(name).ifPresent(known -> add(known, Allowed.npm(range), origin));
    }
}
