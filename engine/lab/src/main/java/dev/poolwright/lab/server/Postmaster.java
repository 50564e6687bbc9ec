package dev.poolwright.lab.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The first process of a PostgreSQL server that works on one data folder. */
record Postmaster(ProcessHandle process, Path data) {

    private static final Duration LOOK = Duration.ofMillis(10);

    /**
     * The living one of this folder, if any. A process id in {@code postmaster.pid} may have become another process, so
     * the command line must name the folder too.
     */
    static Optional<Postmaster> of(Path data) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> worksOn(process, data))
                .map(process -> new Postmaster(process, data));
    }

    /**
     * A process that has ended stays in the system's list until its parent asks for it, in some containers for ever; it
     * has no command line then.
     */
    boolean alive() {
        return process.isAlive() && worksOn(process, data);
    }

    private static boolean worksOn(ProcessHandle process, Path data) {
        String[] arguments = process.info().arguments().orElse(new String[0]);
        int folder = Arrays.asList(arguments).indexOf("-D") + 1;
        return folder > 0
                && folder < arguments.length
                && Path.of(arguments[folder]).equals(data);
    }

    /**
     * Ends it and its sessions, first so that it tidies its shared memory ("immediate"), then by force. It writes nothing
     * down any more: the data is thrown away next.
     *
     * @param limit for all of it
     * @return whether it is gone
     */
    boolean stop(Duration limit) throws IOException {
        Duration half = limit.dividedBy(2);
        return ended("-QUIT", half) || killed(half);
    }

    private boolean ended(String signal, Duration limit) throws IOException {
        if (!alive()) {
            return true;
        }
        // Java knows SIGTERM only, on which the server waits for its clients for ever (PostgreSQL manual, "Shutting
        // Down the Server").
        if (!Files.isExecutable(Path.of("/bin/kill"))) {
            return false;
        }
        new ProcessBuilder("/bin/kill", signal, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return gone(limit);
    }

    private boolean killed(Duration limit) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        return gone(limit);
    }

    private boolean gone(Duration limit) {
        for (long look = 0; look < limit.dividedBy(LOOK) && alive(); look++) {
            // It is no child of this process: what Java tells of its end by itself comes late.
            process.onExit()
                    .completeOnTimeout(process, LOOK.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        return !alive();
    }
}
