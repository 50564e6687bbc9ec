package dev.poolwright.scan;

import dev.poolwright.model.fact.Coverage;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.library.Unread;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Scans a source tree: walks it, searches every file for the words of all readers, lets each reader read the few files that it
 * is interested in, stage by stage. The same tree gives the same facts, whatever the number of threads. A file that a reader
 * fails on is named in the facts' coverage, and the other files are read all the same.
 */
public final class Scan {

    /** Of each thread that reads: readers walk nested code and configuration recursively. */
    private static final long STACK_BYTES = 16 << 20;

    private Scan() {}

    /** What becomes of the failure of a reader. */
    enum Failure {
        /** A line in the coverage. */
        NAMED,
        /** It ends the scan: with assertions on, as in tests, so that no failure goes unseen there. */
        THROWN
    }

    /**
     * @param root a folder
     * @throws IOException when the root cannot be read; whatever else cannot be read is a line in the facts' coverage
     */
    public static Facts of(Path root) throws IOException, InterruptedException {
        return of(root, Runtime.getRuntime().availableProcessors());
    }

    static Facts of(Path root, int threads) throws IOException, InterruptedException {
        return of(root, threads, Readers.all(), Scan.class.desiredAssertionStatus() ? Failure.THROWN : Failure.NAMED);
    }

    static Facts of(Path root, int threads, List<Reader> readers, Failure failure)
            throws IOException, InterruptedException {
        SourceTree tree = SourceTree.walk(root);
        Project project = new Project(tree);
        ExecutorService workers =
                Executors.newFixedThreadPool(threads, task -> new Thread(null, task, "scan", STACK_BYTES));
        try {
            List<Candidate> candidates = Candidates.among(tree.files(), readers, project, workers);
            for (Reader.Stage stage : Reader.Stage.values()) {
                project.finish(new Waves(project, failure, workers).facts(stage, candidates));
            }
            List<String> skipped = new ArrayList<>(tree.skipped());
            skipped.addAll(project.skipped());
            Coverage coverage = new Coverage(
                    tree.files().size(),
                    tree.files().stream()
                            .filter(file -> file.place() == Place.VENDORED)
                            .count(),
                    candidates.size(),
                    project.parsed(),
                    skipped,
                    Unread.in(project));
            return new Facts(project.earlier().all(), coverage);
        } finally {
            workers.shutdownNow();
        }
    }

    static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader failed: " + e.getCause(), e.getCause());
        }
    }
}
