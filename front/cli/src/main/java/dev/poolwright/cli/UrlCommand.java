package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.startup.DatabaseUrl;
import dev.poolwright.startup.DatabaseUrl.Driver;
import dev.poolwright.startup.DatabaseUrl.Tls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code poolwright url}: builds a database URL from its parts, or checks one. Its secrets are never printed. */
@Command(
        name = "url",
        mixinStandardHelpOptions = true,
        description = {
            "Builds the database URL that a driver understands, from POSTGRES_HOST, POSTGRES_PORT, POSTGRES_DB, POSTGRES_USER",
            "and POSTGRES_PASSWORD; options win over them. The password comes from POSTGRES_PASSWORD alone, and what is",
            "printed shows user and password as ***.",
            "With a URL: says everything that is wrong with it (exit 1 on an error; 2 when it is no database URL)."
        })
final class UrlCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "a URL to check, in place of building one; - reads it from the standard input")
    private Optional<String> given = Optional.empty();

    @Option(names = "--driver", description = "who reads it: ${COMPLETION-CANDIDATES}")
    private Optional<Driver> reader = Optional.empty();

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "",
            description = "where a checked URL is used: production, staging, development")
    private String environment = "";

    @Option(names = "--host", paramLabel = "HOST", description = "host name, or a /cloudsql/project:region:name socket")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "port (default: 5432)")
    private Optional<String> port = Optional.empty();

    @Option(names = "--database", paramLabel = "NAME", description = "name of the database")
    private Optional<String> database = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "who logs in")
    private Optional<String> user = Optional.empty();

    @Option(names = "--tls", description = "what is asked of the encryption: ${COMPLETION-CANDIDATES}")
    private Tls tls = Tls.UNSAID;

    @Option(names = "--memory", description = "a database in memory, for tests")
    private boolean memory;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "write the URL with its secrets there, readable by its owner alone")
    private Optional<Path> write = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (given.isPresent()) {
            return check(given.get().equals("-") ? line() : given.get());
        }
        Driver driver = reader.orElseThrow(() -> new WrongUse("--driver = (missing): must be one of "
                + Arrays.toString(Driver.values()).toLowerCase(Locale.ROOT) + ", or a URL to check"));
        DatabaseUrl url;
        String whole;
        try {
            url = memory
                    ? DatabaseUrl.memory()
                    : DatabaseUrl.fromEnvironment(parts()).tls(tls);
            whole = url.reveal(driver);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse(String.valueOf(wrong.getMessage()));
        }
        new Terminal().print(url.masked(driver) + "\n");
        if (write.isPresent()) {
            secretly(write.get(), whole + "\n");
        }
        return 0;
    }

    private int check(String text) {
        List<UrlCheck.Problem> problems = UrlCheck.of(text, reader, environment);
        Terminal terminal = new Terminal();
        problems.forEach(one -> terminal.print(one + "\n"));
        terminal.print(problems.isEmpty() ? "nothing is wrong with it\n" : "");
        return problems.stream().anyMatch(UrlCheck.Problem::isError) ? 1 : 0;
    }

    private static String line() throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = input.readLine();
        return line == null ? "" : line;
    }

    private Map<String, String> parts() {
        Map<String, String> parts = new HashMap<>(System.getenv());
        host.ifPresent(value -> parts.put("POSTGRES_HOST", value));
        port.ifPresent(value -> parts.put("POSTGRES_PORT", value));
        database.ifPresent(value -> parts.put("POSTGRES_DB", value));
        user.ifPresent(value -> parts.put("POSTGRES_USER", value));
        return parts;
    }

    /** Made with its rights before anything is in it, then moved to its place whole. */
    private static void secretly(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path partial = Files.createTempFile(
                folder,
                ".poolwright-url",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(partial, text.getBytes(StandardCharsets.UTF_8));
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
