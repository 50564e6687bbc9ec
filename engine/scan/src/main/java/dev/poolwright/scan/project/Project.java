package dev.poolwright.scan.project;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigReader;
import dev.poolwright.scan.config.UnreadableConfig;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.syntax.SyntaxParser;
import dev.poolwright.scan.tree.Bytes;
import dev.poolwright.scan.tree.Skipped;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import dev.poolwright.scan.tree.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A tree under scan, as readers see it: its files, their parsed forms (each parsed once), and the facts of earlier stages.
 * Safe for several threads.
 */
public final class Project {

    /** Larger files are not searched: nobody wrote them by hand. */
    public static final int MOST_BYTES = 4 << 20;

    /** Larger program files are generated; parsing one would hold up the scan. */
    private static final int MOST_PROGRAM_BYTES = 1 << 20;

    private static final int MOST_LINES = 1_000;

    /**
     * Parsed forms of more source bytes are not kept from one wave of files to the next. A syntax tree takes about ten times its
     * text, and what readers derive from it some more.
     */
    private static final long MOST_KEPT_BYTES = 16 << 20;

    private final SourceTree tree;
    private final Map<String, SourceFile> byName = new HashMap<>();
    private final Map<String, Optional<SyntaxNode>> syntax = new ConcurrentHashMap<>();
    private final Map<String, List<ConfigNode>> configs = new ConcurrentHashMap<>();
    private final Map<Class<?>, Object> views = new ConcurrentHashMap<>();
    private final NavigableSet<String> skipped = new TreeSet<>();
    private boolean moreSkipped;
    private final ThreadLocal<SyntaxParser> parsers = ThreadLocal.withInitial(SyntaxParser::new);
    private final ThreadLocal<Bytes> buffers = ThreadLocal.withInitial(() -> new Bytes(MOST_BYTES));
    private final AtomicLong parsed = new AtomicLong();
    private final Set<String> once = ConcurrentHashMap.newKeySet();
    private final AtomicLong keptBytes = new AtomicLong();
    private volatile Facts earlier = Facts.NONE;

    public Project(SourceTree tree) {
        this.tree = tree;
        tree.files().forEach(file -> byName.put(file.name(), file));
    }

    public SourceTree tree() {
        return tree;
    }

    /** By its name relative to the root. */
    public Optional<SourceFile> file(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The facts of the stages before this one. */
    public Facts earlier() {
        return earlier;
    }

    /** Called between stages, by whoever runs them. */
    public void finish(List<Fact> facts) {
        List<Fact> all = new ArrayList<>(earlier.all());
        all.addAll(facts);
        earlier = new Facts(all, earlier.coverage());
        views.clear();
    }

    /**
     * Called by whoever runs the readers while none of them runs: lets go of what was parsed when that has become much. What is
     * asked for again is parsed again, with the same outcome.
     */
    public void rest() {
        if (keptBytes.get() > MOST_KEPT_BYTES) {
            syntax.clear();
            configs.clear();
            views.clear();
            keptBytes.set(0);
        }
    }

    /**
     * Something derived from this project, made once in each stage: an index of modules, the environment variables that
     * manifests set.
     */
    public <T> T view(Class<T> kind, Function<Project, T> make) {
        Object made = views.get(kind);
        if (made == null) {
            made = make.apply(this); // may itself ask for views, so not within computeIfAbsent
            Object other = views.putIfAbsent(kind, made);
            made = other == null ? made : other;
        }
        return kind.cast(made);
    }

    /** The syntax tree of a program file; empty when it cannot be read, which is then noted. */
    public Optional<SyntaxNode> syntax(SourceFile file) {
        Optional<SyntaxNode> known = syntax.get(file.name());
        if (known == null) {
            known = text(file, MOST_PROGRAM_BYTES).flatMap(text -> parse(text, file));
            Optional<SyntaxNode> other = syntax.putIfAbsent(file.name(), known);
            known = other == null ? known : other;
        }
        return known;
    }

    private Optional<SyntaxNode> parse(SourceText text, SourceFile file) {
        countParsed(file, text);
        Optional<SyntaxNode> root = parsers.get().parse(text, file.language());
        if (root.isEmpty()) {
            skip(file, "takes too long to parse");
        }
        return root;
    }

    private void countParsed(SourceFile file, SourceText text) {
        keptBytes.addAndGet(text.length());
        if (once.add(file.name())) {
            parsed.incrementAndGet();
        }
    }

    /** The documents of a configuration file; none when it cannot be read, which is then noted. */
    public List<ConfigNode> config(SourceFile file) {
        List<ConfigNode> known = configs.get(file.name());
        if (known == null) {
            known = documents(file);
            List<ConfigNode> other = configs.putIfAbsent(file.name(), known);
            known = other == null ? known : other;
        }
        return known;
    }

    private List<ConfigNode> documents(SourceFile file) {
        Optional<SourceText> text = text(file);
        if (text.isEmpty() || !ConfigReader.knows(file.language())) {
            return List.of();
        }
        countParsed(file, text.get());
        try {
            return ConfigReader.read(text.get(), file.language());
        } catch (UnreadableConfig unreadable) {
            skip(String.valueOf(unreadable.getMessage()).replaceAll("\\R", " "));
            return List.of();
        }
    }

    /** The text of a file; empty when it cannot be read or is larger than {@link #MOST_BYTES}, which is then noted. */
    public Optional<SourceText> text(SourceFile file) {
        return text(file, MOST_BYTES);
    }

    private Optional<SourceText> text(SourceFile file, int most) {
        Bytes text = buffers.get();
        try {
            if (!text.read(file.path()) || text.length() > most) {
                skip(file, "larger than " + (most >> 20) + " MiB");
                return Optional.empty();
            }
            return Optional.of(new SourceText(file.name(), Arrays.copyOf(text.buffer(), text.length())));
        } catch (IOException failed) {
            skip(file, failed);
            return Optional.empty();
        }
    }

    /** Notes that a file was not read, and why. */
    public void skip(SourceFile file, String why) {
        skip(Skipped.line(file.name(), why));
    }

    /** Notes that a file could not be read. */
    public void skip(SourceFile file, IOException failed) {
        skip(Skipped.line(file.name(), failed));
    }

    /** Notes a line about something that was not read. */
    public void skip(String line) {
        synchronized (skipped) {
            skipped.add(line);
            if (skipped.size() > MOST_LINES) {
                skipped.pollLast(); // the last one, so that what stays does not depend on who came first
                moreSkipped = true;
            }
        }
    }

    /** What was noted, in order, each line once. */
    public List<String> skipped() {
        synchronized (skipped) {
            List<String> lines = new ArrayList<>(skipped);
            if (moreSkipped) {
                lines.add("more than " + MOST_LINES + " files were not read");
            }
            return List.copyOf(lines);
        }
    }

    /** How many files were parsed. */
    public long parsed() {
        return parsed.get();
    }
}
