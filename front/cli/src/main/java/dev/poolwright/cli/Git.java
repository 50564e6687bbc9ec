package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What the command asks of git: an earlier revision of a folder, laid out elsewhere. The work tree is left alone. */
final class Git {

    private static final long SECONDS = 120;
    private static final int MOST_FILES = 300_000;

    private Git() {}

    /**
     * Lays out a folder as it was.
     *
     * @param folder in a work tree
     * @param revision anything that git takes for a commit
     * @param to an empty folder
     * @throws WrongUse when git is not there, this is no work tree, or there is no such revision
     */
    static void export(Path folder, String revision, Path to) throws IOException, InterruptedException {
        String commit = output(
                folder,
                "--against = " + revision + ": no such revision here",
                List.of("rev-parse", "--verify", "--end-of-options", revision + "^{commit}"));
        String prefix = output(folder, folder + ": not in a git work tree", List.of("rev-parse", "--show-prefix"));
        String tree = prefix.isEmpty() ? commit : commit + ":" + prefix.substring(0, prefix.length() - 1);
        Process process = start(folder, List.of("archive", "--format=zip", "-0", tree));
        try (InputStream zip = process.getInputStream()) {
            unpack(zip, to);
        } finally {
            process.destroy();
        }
    }

    private static void unpack(InputStream archive, Path to) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive, StandardCharsets.UTF_8);
        Path root = to.toAbsolutePath().normalize();
        int files = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Path file = root.resolve(entry.getName()).normalize();
            if (!file.startsWith(root) || ++files > MOST_FILES) {
                throw new IOException("the archive holds a file outside its folder, or more than " + MOST_FILES);
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    private static String output(Path folder, String otherwise, List<String> arguments)
            throws IOException, InterruptedException {
        Process process = start(folder, arguments);
        String text;
        try (InputStream out = process.getInputStream()) {
            text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new WrongUse(otherwise);
        }
        return text;
    }

    private static Process start(Path folder, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
        } catch (IOException e) {
            throw new WrongUse("git cannot be started (" + e.getMessage() + "): install it, or leave --against out");
        }
    }
}
