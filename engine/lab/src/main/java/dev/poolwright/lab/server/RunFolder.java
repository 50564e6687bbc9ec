package dev.poolwright.lab.server;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one run, readable by this user alone.
 *
 * <pre>
 * home/runs/&lt;id&gt;/owner   whose run it is; there before anything else, so that a later run can judge
 *              /data     the embedded server's data
 *              /server.log
 * home/server/        the unpacked PostgreSQL, shared by all runs
 * </pre>
 */
record RunFolder(Path path) {

    static Path all(Path home) {
        return home.resolve("runs");
    }

    /** The library opens the folder it unpacks into to everybody; nobody else comes through the one above it. */
    static Path binaries(Path home) {
        return home.resolve("server").resolve("postgresql");
    }

    static RunFolder create(Path home, RunName run) throws IOException {
        Files.createDirectories(home, ownerOnly());
        Files.createDirectories(all(home), ownerOnly());
        Files.createDirectories(binaries(home).getParent(), ownerOnly());
        // Not createDirectories: an existing one belongs to another run of this name.
        Path path = Files.createDirectory(all(home).resolve(run.id()), ownerOnly());
        Files.writeString(path.resolve("owner"), RunOwner.current().text());
        return new RunFolder(path);
    }

    Path data() {
        return path.resolve("data");
    }

    Path serverLog() {
        return path.resolve("server.log");
    }

    /** Empty for a folder that is not ours: no owner file, or one that reads otherwise. */
    Optional<RunOwner> owner() throws IOException {
        try {
            return RunOwner.parse(Files.readString(path.resolve("owner")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Without following links. The owner file goes last, so that a deletion cut short is taken up by the next run. */
    void delete() throws IOException {
        Path owner = path.resolve("owner");
        List<Path> inside = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> walk = Files.walk(path)) {
                walk.filter(file -> !file.equals(owner) && !file.equals(path))
                        .sorted(Comparator.reverseOrder())
                        .forEach(inside::add);
            }
        }
        for (Path file : inside) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(owner);
        Files.deleteIfExists(path);
    }

    static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
