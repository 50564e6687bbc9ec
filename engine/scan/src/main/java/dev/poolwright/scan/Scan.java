package dev.poolwright.scan;

import dev.poolwright.model.fact.Coverage;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Facts;
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
 * is interested in, stage by stage. The same tree gives the same facts, whatever the number of threads.
 */
public final class Scan {

    private Scan() {}

    /**
     * @param root a folder
     * @throws IOException when the root cannot be read; whatever else cannot be read is a line in the facts' coverage
     */
    public static Facts of(Path root) throws IOException, InterruptedException {
        return of(root, Runtime.getRuntime().availableProcessors());
    }

    static Facts of(Path root, int threads) throws IOException, InterruptedException {
        SourceTree tree = SourceTree.walk(root);
        Project project = new Project(tree);
        List<Reader> readers = Readers.all();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Candidate> candidates = Candidates.among(tree.files(), readers, project, workers);
            for (Reader.Stage stage : Reader.Stage.values()) {
                project.finish(facts(stage, candidates, project, workers));
            }
            List<String> skipped = new ArrayList<>(tree.skipped());
            skipped.addAll(project.skipped());
            Coverage coverage =
                    new Coverage(tree.files().size(), candidates.size(), project.parsed(), skipped, Unread.in(project));
            return new Facts(project.earlier().all(), coverage);
        } finally {
            workers.shutdownNow();
        }
    }

    private static List<Fact> facts(
            Reader.Stage stage, List<Candidate> candidates, Project project, ExecutorService workers)
            throws InterruptedException {
        List<Future<List<Fact>>> running = new ArrayList<>();
        for (Candidate candidate : candidates) {
            for (Reader reader : candidate.readers()) {
                if (reader.stage() == stage) {
                    running.add(workers.submit(() -> {
                        List<Fact> found = new ArrayList<>();
                        reader.read(candidate.file(), project, found::add);
                        return found;
                    }));
                }
            }
        }
        List<Fact> facts = new ArrayList<>();
        for (Future<List<Fact>> one : running) {
            facts.addAll(result(one));
        }
        return facts;
    }

    static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader failed: " + e.getCause(), e.getCause());
        }
    }
}
