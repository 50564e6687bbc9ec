package dev.poolwright.scan;

import com.sun.management.OperatingSystemMXBean;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.SourceTree;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the stages of a scan cost in processor time, which a busy machine changes less than it changes time on the wall:
 * {@code StageTimes DIR} prints a line for each stage, {@code StageTimes words} the words of all readers, a line each.
 */
final class StageTimes {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double NANOS = 1e9;

    private StageTimes() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("words")) {
            words().forEach(System.out::println);
            return;
        }
        ExecutorService workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(), task -> new Thread(null, task, "scan", 16 << 20));
        try {
            measure(Path.of(arguments[0]), workers);
        } finally {
            workers.shutdownNow();
        }
    }

    private static Set<String> words() {
        Set<String> words = new TreeSet<>();
        Readers.all().forEach(reader -> {
            words.addAll(reader.interest().all());
        });
        return words;
    }

    private static void measure(Path root, ExecutorService workers) throws Exception {
        long began = SYSTEM.getProcessCpuTime();
        SourceTree tree = SourceTree.walk(root);
        began = line("walk", tree.files().size(), began);
        Project project = new Project(tree);
        List<Candidate> candidates = Candidates.among(tree.files(), Readers.all(), project, workers);
        began = line("search", tree.files().size(), began);
        for (Reader.Stage stage : Reader.Stage.values()) {
            long files = candidates.stream()
                    .filter(one -> one.readers().stream().anyMatch(reader -> reader.stage() == stage))
                    .count();
            List<Fact> facts = new Waves(project, Scan.Failure.NAMED, workers).facts(stage, candidates);
            project.finish(facts);
            began = line("stage " + stage, files, began);
        }
        System.out.printf("parsed %d files%n", project.parsed());
    }

    private static long line(String stage, long files, long began) {
        long now = SYSTEM.getProcessCpuTime();
        double seconds = (now - began) / NANOS;
        System.out.printf(
                "%-16s %7d files %8.2f s of processor time %9.0f files/s%n", stage, files, seconds, files / seconds);
        return SYSTEM.getProcessCpuTime();
    }
}
