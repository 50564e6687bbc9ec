package dev.poolwright.lab.subject;

import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running program that the lab loads over HTTP. Its output goes to a file in the run's folder and, its last lines, into
 * memory; secrets are masked in both. Stopping is SIGTERM, then after the grace SIGKILL, for it and all it started.
 * Thread-safe.
 */
public final class ProcessSubject implements AutoCloseable {
    private static final long POLL_MILLIS = 50;
    private static final long KILL_MILLIS = 5_000;

    private final ProcessSpec spec;
    private final URI base;
    private final Process process;
    private final Output output;
    private final Leftovers leftovers;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private ProcessSubject(ProcessSpec spec, Path folder) throws IOException {
        this.spec = spec;
        Files.createDirectories(folder);
        int port = freePort();
        String mark = folder.toAbsolutePath() + "/" + spec.name() + ":" + port;
        this.base = URI.create("http://127.0.0.1:" + port);
        this.leftovers = new Leftovers(mark);
        ProcessBuilder builder =
                new ProcessBuilder(spec.command()).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(spec.environment());
        builder.environment().put("DATABASE_URL", spec.databaseUrl().toString());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put(Leftovers.VARIABLE, mark);
        this.process = builder.start();
        this.output =
                new Output(process.getInputStream(), folder.resolve(spec.name() + ".log"), spec.secrets(), spec.name());
    }

    /** Starts the program without waiting for it. */
    public static ProcessSubject launch(ProcessSpec spec, Path folder) throws IOException {
        return new ProcessSubject(spec, folder);
    }

    /** Starts the program and waits until it is ready; if it does not get there it is stopped and its last lines are told. */
    public static ProcessSubject start(ProcessSpec spec, Path folder) throws IOException, InterruptedException {
        ProcessSubject subject = launch(spec, folder);
        boolean ready = false;
        try {
            subject.awaitReady();
            ready = true;
            return subject;
        } finally {
            if (!ready) {
                subject.close();
            }
        }
    }

    /** Polls the ready path until it answers 200. */
    public void awaitReady() throws IOException, InterruptedException {
        Clock clock = Clock.system();
        long begin = clock.nanos();
        long limitNanos = spec.readyWithin().toNanos();
        while (!isReady()) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                output.awaitEnd(KILL_MILLIS);
                throw new IOException(spec + ": it ended with " + process.exitValue()
                        + " before it was ready; its last lines: " + lastLines());
            }
            if (clock.nanos() - begin > limitNanos) {
                throw new IOException(spec + ": not ready within " + spec.readyWithin() + " at " + spec.readyPath()
                        + "; its last lines: " + lastLines());
            }
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.send(request(spec.readyPath(), Duration.ofSeconds(2)), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    /** Asks any route, for example {@code /pool}; completes exceptionally when nothing came within the limit. */
    public CompletableFuture<HttpResponse<String>> get(String pathAndQuery, Duration limit) {
        return http.sendAsync(request(pathAndQuery, limit), HttpResponse.BodyHandlers.ofString());
    }

    /** Tells a route to do something, with nothing in the body. */
    public CompletableFuture<HttpResponse<String>> post(String pathAndQuery, Duration limit) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(pathAndQuery))
                .timeout(limit)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Asks the work route; the query is without its question mark and already encoded. */
    public CompletableFuture<HttpResponse<String>> work(String query, Duration limit) {
        return get(query.isEmpty() ? spec.workPath() : spec.workPath() + "?" + query, limit);
    }

    private HttpRequest request(String pathAndQuery, Duration limit) {
        return HttpRequest.newBuilder(base.resolve(pathAndQuery)).timeout(limit).build();
    }

    public String name() {
        return spec.name();
    }

    /** Where it listens, as {@code http://127.0.0.1:port}. */
    public URI base() {
        return base;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code once it has ended; 128 + the signal's number if a signal ended it. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** The last 200 lines it printed. */
    public List<String> lastLines() {
        return output.lastLines();
    }

    /** The file with all it printed, up to 64 Mi characters. */
    public Path output() {
        return output.file();
    }

    /** Ends it and all it started. Doing it twice is harmless. Throws if something could not be ended, with its numbers. */
    @Override
    public synchronized void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            leftovers.alive().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void stop() throws InterruptedException {
        leftovers.note(process.toHandle());
        process.destroy();
        if (!process.waitFor(spec.stopGrace().toMillis(), TimeUnit.MILLISECONDS)) {
            leftovers.note(process.toHandle());
            process.destroyForcibly();
        }
        for (ProcessHandle left : leftovers.alive()) {
            left.destroyForcibly();
            awaitEnd(left);
        }
        output.awaitEnd(KILL_MILLIS);
        List<ProcessHandle> alive = leftovers.alive();
        if (!alive.isEmpty()) {
            throw new IllegalStateException(spec + ": still running after it was killed: "
                    + alive.stream().map(handle -> Long.toString(handle.pid())).toList());
        }
    }

    private static void awaitEnd(ProcessHandle handle) throws InterruptedException {
        CompletableFuture<ProcessHandle> end = handle.onExit();
        try {
            end.get(KILL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
            // Whether it really runs on is asked again afterwards, and then reported.
            end.cancel(true);
        }
    }

    /** Free now; another program could take it before ours does, which then shows as not getting ready. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
