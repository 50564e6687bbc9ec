package dev.poolwright.scan;

import dev.poolwright.policy.Clock;
import dev.poolwright.scan.project.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Scans small trees of changed files until it is told to stop: {@code Fuzz MINUTES SEED CORPUS...} prints how many inputs
 * went through. Ends with the seed and the files of the first tree on which a reader throws, or that takes too long.
 */
final class Fuzz {

    private static final int MOST_FILES = 20_000;
    private static final int MOST_BYTES = 60_000;
    private static final int FILES_IN_A_TREE = 12;
    private static final Duration LONGEST = Duration.ofSeconds(10L * FILES_IN_A_TREE);

    private final List<Path> sources;
    private final List<Path> roots;
    private final Path place;
    private final long seed;

    /** @param place an empty folder that it writes to */
    Fuzz(List<Path> corpora, Path place, long seed) throws IOException {
        this.roots = corpora;
        this.place = place;
        this.seed = seed;
        List<Path> all = new ArrayList<>();
        for (Path corpus : corpora) {
            try (Stream<Path> files = Files.walk(corpus)) {
                files.filter(Fuzz::fits).sorted().limit(MOST_FILES).forEach(all::add);
            }
        }
        this.sources = List.copyOf(all);
    }

    public static void main(String[] arguments) throws Exception {
        long minutes = Long.parseLong(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        List<Path> corpora = Stream.of(arguments).skip(2).map(Path::of).toList();
        Path place = Files.createTempDirectory("poolwright-fuzz");
        Clock clock = Clock.system();
        long end = clock.nanos() + TimeUnit.MINUTES.toNanos(minutes);
        int inputs = new Fuzz(corpora, place, seed).run(() -> clock.nanos() - end < 0);
        delete(place);
        System.out.printf("%d changed files in %d min (seed %d): no failure%n", inputs, minutes, seed);
    }

    /** How many changed files went through. */
    int run(BooleanSupplier goesOn) throws IOException, InterruptedException {
        int inputs = 0;
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            for (long round = 0; goesOn.getAsBoolean(); round++) {
                Path tree = place.resolve("tree");
                delete(tree);
                inputs += write(tree, new SplittableRandom(seed * 1_000_003 + round));
                scan(tree, round, one);
            }
        } finally {
            one.shutdownNow();
        }
        return inputs;
    }

    private int write(Path tree, SplittableRandom chance) throws IOException {
        Mutations mutations = new Mutations(chance);
        int first = chance.nextInt(sources.size());
        for (int i = 0; i < FILES_IN_A_TREE; i++) {
            // neighbours, so that what files say of each other still holds now and then
            Path source = sources.get(
                    i < FILES_IN_A_TREE / 2 ? (first + i) % sources.size() : chance.nextInt(sources.size()));
            byte[] other = Files.readAllBytes(sources.get(chance.nextInt(sources.size())));
            Path to = tree.resolve(name(source));
            Files.createDirectories(to.getParent());
            Files.write(to, mutations.of(Files.readAllBytes(source), other));
        }
        return FILES_IN_A_TREE;
    }

    private String name(Path source) {
        Path root = roots.stream().filter(source::startsWith).findFirst().orElseThrow();
        return root.relativize(source).toString();
    }

    private void scan(Path tree, long round, ExecutorService one) throws InterruptedException {
        Future<?> scan = one.submit(() -> Scan.of(tree, 2, readers(), Scan.Failure.THROWN));
        try {
            scan.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException failed) {
            throw new IllegalStateException(
                    "seed = " + seed + " (round " + round + ", files in " + tree + "): a scan failed", failed);
        }
    }

    private static List<Reader> readers() {
        return Readers.all();
    }

    private static boolean fits(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) < MOST_BYTES
                    && Readers.all().stream()
                            .anyMatch(reader -> reader.interest()
                                    .languages()
                                    .contains(
                                            dev.poolwright.scan.tree.Language.of(String.valueOf(file.getFileName()))));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
