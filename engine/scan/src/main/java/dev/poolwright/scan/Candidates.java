package dev.poolwright.scan;

import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Bytes;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.word.WordSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Finds the files that readers are interested in: by name, and by searching each file once for the words of all readers. */
final class Candidates {

    /** Files handed to a thread at once. */
    private static final int BATCH = 256;

    private final Project project;
    private final ThreadLocal<Bytes> bytes = ThreadLocal.withInitial(() -> new Bytes(Project.MOST_BYTES));
    private final Map<Language, Wanted> wanted = new EnumMap<>(Language.class);

    /** The readers of one language, and the words of all of them. */
    private record Wanted(List<Reader> readers, Map<String, Integer> numbers, Optional<WordSearch> search) {

        static Wanted of(List<Reader> readers) {
            Map<String, Integer> numbers = new LinkedHashMap<>();
            readers.forEach(
                    reader -> reader.interest().words().forEach(word -> numbers.putIfAbsent(word, numbers.size())));
            return new Wanted(
                    readers,
                    numbers,
                    numbers.isEmpty() ? Optional.empty() : Optional.of(new WordSearch(List.copyOf(numbers.keySet()))));
        }

        boolean fits(Interest interest, BitSet found) {
            return interest.words().isEmpty()
                    || interest.words().stream().anyMatch(word -> found.get(numbers.getOrDefault(word, 0)));
        }
    }

    private Candidates(List<Reader> readers, Project project) {
        this.project = project;
        for (Language language : Language.values()) {
            List<Reader> of = readers.stream()
                    .filter(reader -> reader.interest().languages().contains(language))
                    .toList();
            if (!of.isEmpty()) {
                wanted.put(language, Wanted.of(of));
            }
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
            Wanted of = wanted.get(file.language());
            if (of == null) {
                continue;
            }
            List<Reader> byName = of.readers().stream()
                    .filter(reader -> reader.interest().names().test(file))
                    .toList();
            boolean needsText = byName.stream()
                    .anyMatch(reader -> !reader.interest().words().isEmpty());
            BitSet words = needsText ? words(file, of) : new BitSet();
            List<Reader> interested = byName.stream()
                    .filter(reader -> of.fits(reader.interest(), words))
                    .toList();
            if (!interested.isEmpty()) {
                found.add(new Candidate(file, interested));
            }
        }
        return found;
    }

    private BitSet words(SourceFile file, Wanted of) {
        if (of.search().isEmpty()) {
            return new BitSet();
        }
        if (file.size() > Project.MOST_BYTES) {
            project.skip(file.name() + ": larger than " + (Project.MOST_BYTES >> 20) + " MiB");
            return new BitSet();
        }
        Bytes text = bytes.get();
        try {
            return text.read(file.path()) ? of.search().get().find(text.buffer(), text.length()) : new BitSet();
        } catch (IOException failed) {
            project.skip(file.name() + ": cannot be read (" + failed.getClass().getSimpleName() + ")");
            return new BitSet();
        }
    }
}
