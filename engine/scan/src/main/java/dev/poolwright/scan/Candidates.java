package dev.poolwright.scan;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Bytes;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Finds the files that readers are interested in: by name, and by searching each file for the words of all readers. */
final class Candidates {

    /** Files, or bytes of them, that are handed to a thread at once. */
    private static final int BATCH = 256;

    private static final long BATCH_BYTES = 4 << 20;

    private final Project project;
    private final ThreadLocal<Bytes> bytes = ThreadLocal.withInitial(() -> new Bytes(Project.MOST_BYTES));
    private final Map<Language, List<Reader>> readers = new EnumMap<>(Language.class);

    /** By the readers that a file's name suits: there are few such sets. */
    private final Map<List<Reader>, Wanted> wanted = new ConcurrentHashMap<>();

    private Candidates(List<Reader> readers, Project project) {
        this.project = project;
        for (Language language : Language.values()) {
            this.readers.put(
                    language,
                    readers.stream()
                            .filter(reader -> reader.interest().languages().contains(language))
                            .toList());
        }
    }

    static List<Candidate> among(List<SourceFile> files, List<Reader> readers, Project project, ExecutorService workers)
            throws InterruptedException {
        Candidates candidates = new Candidates(readers, project);
        List<Future<List<Candidate>>> running = new ArrayList<>();
        int from = 0;
        long size = 0;
        for (int to = 1; to <= files.size(); to++) {
            size += Math.min(files.get(to - 1).size(), Project.MOST_BYTES);
            if (to == files.size() || to - from == BATCH || size > BATCH_BYTES) {
                List<SourceFile> batch = files.subList(from, to);
                running.add(workers.submit(() -> candidates.in(batch)));
                from = to;
                size = 0;
            }
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
            List<Reader> named = new ArrayList<>();
            for (Reader reader : readers.getOrDefault(file.language(), List.of())) {
                if (reader.interest().names().test(file)) {
                    named.add(reader);
                }
            }
            List<Reader> interested = named.isEmpty() ? named : interested(file, named);
            if (!interested.isEmpty()) {
                found.add(new Candidate(file, interested));
            }
        }
        return found;
    }

    private List<Reader> interested(SourceFile file, List<Reader> named) {
        Wanted all = wanted.computeIfAbsent(named, Wanted::new);
        if (!all.needsText()) {
            return named;
        }
        if (file.size() > Project.MOST_BYTES) {
            project.skip(file, "larger than " + (Project.MOST_BYTES >> 20) + " MiB");
            return all.byName();
        }
        Bytes text = bytes.get();
        try {
            if (text.read(file.path())) {
                return all.in(text.buffer(), text.length());
            }
            project.skip(file, "grew past " + (Project.MOST_BYTES >> 20) + " MiB while it was read");
        } catch (IOException failed) {
            project.skip(file, failed);
        }
        return all.byName();
    }
}
