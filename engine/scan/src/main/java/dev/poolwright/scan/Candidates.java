package dev.poolwright.scan;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.Wanted.Wish;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Bytes;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** Finds the files that readers are interested in: by name, and by searching each file for the words of all readers. */
final class Candidates {

    /** Files that are handed to a thread at once. */
    private static final int BATCH = 128;

    private final Project project;
    private final ThreadLocal<Bytes> bytes = ThreadLocal.withInitial(() -> new Bytes(Project.MOST_BYTES));
    private final Map<Language, List<Wish>> wishes = new EnumMap<>(Language.class);

    private final Map<Named, Wanted> wanted = new ConcurrentHashMap<>();

    /** Of the wishes for a language those that a file's name suits, by number. There are few such sets. */
    private record Named(Language language, BitSet which) {}

    private Candidates(List<Reader> readers, Project project) {
        this.project = project;
        for (Language language : Language.values()) {
            wishes.put(
                    language,
                    readers.stream()
                            .map(Wish::of)
                            .filter(wish -> wish.interest().languages().contains(language))
                            .toList());
        }
    }

    static List<Candidate> among(List<SourceFile> files, List<Reader> readers, Project project, ExecutorService workers)
            throws InterruptedException {
        Candidates candidates = new Candidates(readers, project);
        List<Future<List<Candidate>>> running = new ArrayList<>();
        for (int from = 0; from < files.size(); from += BATCH) {
            List<SourceFile> batch = files.subList(from, Math.min(files.size(), from + BATCH));
            running.add(workers.submit(() -> candidates.in(batch)));
        }
        List<Candidate> found = new ArrayList<>();
        for (Future<List<Candidate>> one : running) {
            found.addAll(Scan.result(one));
        }
        return found;
    }

    private List<Candidate> in(List<SourceFile> files) {
        List<Candidate> found = new ArrayList<>();
        for (SourceFile file : files) {
            if (file.place() == Place.VENDORED) {
                continue; // what others wrote and somebody copied is no part of the program's own text
            }
            Named named = named(file);
            List<Reader> interested = named.which().isEmpty() ? List.of() : interested(file, named);
            if (!interested.isEmpty()) {
                found.add(new Candidate(file, interested));
            }
        }
        return found;
    }

    private Named named(SourceFile file) {
        List<Wish> all = wishes.getOrDefault(file.language(), List.of());
        BitSet which = new BitSet(all.size());
        IdentityHashMap<Predicate<SourceFile>, Boolean> told = new IdentityHashMap<>();
        for (int wish = 0; wish < all.size(); wish++) {
            which.set(wish, told.computeIfAbsent(all.get(wish).interest().names(), names -> names.test(file)));
        }
        return new Named(file.language(), which);
    }

    private Wanted wanted(Named named) {
        List<Wish> all = wishes.getOrDefault(named.language(), List.of());
        return new Wanted(named.which().stream().mapToObj(all::get).toList());
    }

    private List<Reader> interested(SourceFile file, Named named) {
        Wanted all = wanted.computeIfAbsent(named, this::wanted);
        if (!all.needsText()) {
            return all.byName();
        }
        Bytes text = bytes.get();
        try {
            if (text.read(file.path())) {
                return all.in(text.buffer(), text.length());
            }
            project.skip(file, "larger than " + (Project.MOST_BYTES >> 20) + " MiB");
        } catch (IOException failed) {
            project.skip(file, failed);
        }
        return all.byName();
    }
}
