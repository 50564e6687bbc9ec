package dev.poolwright.lab.subject;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The Python programs on the class path, unpacked into the folder of a run. */
final class PythonPrograms {
    private static final List<String> FILES = List.of(
            "service.py", "matrix.py", "failures.py", "sessions.py", "pool_engine.py", "lines.py", "requirements.txt");

    private PythonPrograms() {}

    /** Writes all programs into {@code folder}/python and returns that folder. */
    static Path unpack(Path folder) throws IOException {
        Path target = Files.createDirectories(folder.resolve("python"));
        for (String file : FILES) {
            try (InputStream source = PythonPrograms.class.getResourceAsStream("/dev/poolwright/lab/python/" + file)) {
                if (source == null) {
                    throw new FileNotFoundException("dev/poolwright/lab/python/" + file + " is not on the class path");
                }
                Files.copy(source, target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return target;
    }
}
