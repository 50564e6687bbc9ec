package dev.poolwright.lab.subject;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one of the unpacked programs to its end and reads the records it prints, one form-encoded line each. */
final class PythonScript {
    private PythonScript() {}

    static List<Map<String, String>> run(
            String python, String program, List<String> arguments, URI databaseUrl, Path folder, Duration limit)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(python);
        command.add(
                PythonPrograms.unpack(folder).resolve(program).toAbsolutePath().toString());
        command.addAll(arguments);
        Path results = folder.resolve(program + ".results");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(results.toFile());
        builder.environment().put("DATABASE_URL", databaseUrl.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        try {
            Secrets secrets = new Secrets(databaseUrl, Map.of());
            Output errors = new Output(process.getErrorStream(), folder.resolve(program + ".log"), secrets, program);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        program + ": not finished within " + limit + "; its last lines: " + errors.lastLines());
            }
            errors.awaitEnd(limit.toMillis());
            if (process.exitValue() != 0) {
                throw new IOException(
                        program + ": it ended with " + process.exitValue() + "; its last lines: " + errors.lastLines());
            }
            return Files.readAllLines(results).stream()
                    .map(PythonScript::record)
                    .toList();
        } finally {
            process.destroyForcibly();
            // It is what the program printed, with nothing masked.
            Files.deleteIfExists(results);
        }
    }

    private static Map<String, String> record(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : line.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not a record: " + line);
            }
            fields.put(
                    field.substring(0, equals), URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }
}
