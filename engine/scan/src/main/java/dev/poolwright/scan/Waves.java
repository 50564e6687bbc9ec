package dev.poolwright.scan;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Lets readers read files, some of them at a time, so that what was parsed can be let go of in between.
 *
 * <pre>
 *   candidates  ████████ │ ████████ │ ███      one wave: some files on all threads
 *                        ▲          ▲
 *                        project.rest()        nobody reads: parsed forms may go
 * </pre>
 */
final class Waves {

    /** Bytes of the files of one wave, and files. Enough to keep several threads busy. */
    private static final long WAVE_BYTES = 2 << 20;

    private static final int WAVE_FILES = 200;

    private final Project project;
    private final Scan.Failure failure;
    private final ExecutorService workers;

    Waves(Project project, Scan.Failure failure, ExecutorService workers) {
        this.project = project;
        this.failure = failure;
        this.workers = workers;
    }

    List<Fact> facts(Reader.Stage stage, List<Candidate> candidates) throws InterruptedException {
        List<Fact> facts = new ArrayList<>();
        List<Future<List<Fact>>> wave = new ArrayList<>();
        long size = 0;
        for (Candidate candidate : candidates) {
            if (candidate.readers().stream().noneMatch(reader -> reader.stage() == stage)) {
                continue;
            }
            wave.add(workers.submit(() -> read(candidate, stage)));
            size += candidate.file().size();
            if (size >= WAVE_BYTES || wave.size() == WAVE_FILES) {
                end(wave, facts);
                size = 0;
            }
        }
        end(wave, facts);
        return facts;
    }

    private void end(List<Future<List<Fact>>> wave, List<Fact> facts) throws InterruptedException {
        for (Future<List<Fact>> one : wave) {
            facts.addAll(Scan.result(one));
        }
        wave.clear();
        project.rest();
    }

    private List<Fact> read(Candidate candidate, Reader.Stage stage) {
        List<Fact> found = new ArrayList<>();
        for (Reader reader : candidate.readers()) {
            if (reader.stage() == stage) {
                read(candidate, reader, found);
            }
        }
        return found;
    }

    // Whatever a reader throws is a fault of that reader, and no reason to keep the findings of all others from the
    // user.
    private void read(Candidate candidate, Reader reader, List<Fact> found) {
        List<Fact> own = new ArrayList<>();
        try {
            reader.read(candidate.file(), project, own::add);
            found.addAll(own);
        } catch (RuntimeException | StackOverflowError failed) {
            if (failure == Scan.Failure.THROWN) {
                throw new IllegalStateException(
                        "reader = " + reader.getClass().getSimpleName() + " (on "
                                + candidate.file().name() + "): failed",
                        failed);
            }
            project.skip(
                    candidate.file(),
                    "reader " + reader.getClass().getSimpleName() + " failed on this file ("
                            + failed.getClass().getSimpleName() + "): please report");
        }
    }
}
