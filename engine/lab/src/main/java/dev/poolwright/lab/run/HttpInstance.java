package dev.poolwright.lab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.poolwright.lab.http.HttpService;
import dev.poolwright.lab.run.Worker.Notes;
import dev.poolwright.lab.subject.Counts;
import dev.poolwright.lab.subject.ProcessSubject;
import dev.poolwright.lab.subject.Tasks;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.scenario.LeakDraws;
import dev.poolwright.model.verdict.LinkKind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance of the lab's HTTP service. A refusal counts as one only when it is a 503 with {@code Retry-After}, and its wait is
 * the time from the request to the answer, as the caller sees it. At its end leaks are given back, and a pool that is not
 * whole then, a process that died, or a pool that was asked more often than the database routes were is a problem of the run.
 * Thread-safe.
 */
final class HttpInstance implements Instance {

    private static final String HEALTH = "health";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int WARM_UP_REQUESTS = 30;
    private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final Duration ASIDE = Duration.ofSeconds(5);
    private static final long WHOLE_WITHIN_NANOS = 3_000_000_000L;
    private static final long POLL_NANOS = 20_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlannedService service;
    private final Plan plan;
    private final ProcessSubject subject;
    private final RunClock clock;
    private final Notes notes;
    private final ExecutorService tasks = Tasks.onePerTask();
    private final Map<String, Long> leaksNoted = new ConcurrentHashMap<>();
    private final AtomicLong databaseRequests = new AtomicLong();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Map<String, Counts> levels = Map.of();
    private volatile long askedBefore;

    HttpInstance(PlannedService service, Plan plan, ProcessSubject subject, RunClock clock, Notes notes) {
        this.service = service;
        this.plan = plan;
        this.subject = subject;
        this.clock = clock;
        this.notes = notes;
    }

    /** Has both sides run their code once before anything counts. */
    void warmUp() throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP_REQUESTS; i++) {
            now("/ready");
            now("/health");
        }
        JsonNode pools = now("/pool");
        askedBefore = asked(pools);
        take(pools);
    }

    @Override
    public void execute(Operation operation, Consumer<Ended> done) {
        try {
            // Not on the generator's own thread: a connect or a busy client would make an open load wait for its
            // subject.
            tasks.execute(() -> send(operation, done));
        } catch (RejectedExecutionException e) {
            done.accept(new Ended(Outcome.ERROR, 0, false, "the instance ended"));
        }
    }

    private void send(Operation operation, Consumer<Ended> done) {
        long sent = clock.nanos();
        long left = operation.deadlineNanos() == Long.MAX_VALUE
                ? LONGEST_NANOS
                : Math.max(1, Math.min(LONGEST_NANOS, operation.deadlineNanos() - sent));
        Future<?> unused = subject.get(route(operation), Duration.ofNanos(left))
                .whenComplete((answer, error) ->
                        done.accept(answer == null ? lost(error, sent) : ended(operation, answer, sent)));
    }

    private String route(Operation operation) {
        String load = operation.load().substring(service.name().length() + 1);
        if (operation.holds().isEmpty()) {
            return "/health";
        }
        databaseRequests.incrementAndGet();
        if (load.equals(HEALTH)) {
            return "/ready";
        }
        StringBuilder route = new StringBuilder("/loads/" + load + "?");
        for (Operation.Hold hold : operation.holds()) {
            route.append(HttpService.step(
                            hold.pool().substring(service.name().length() + 1),
                            hold.connections(),
                            hold.nested(),
                            hold.inDatabaseNanos(),
                            hold.outsideNanos()))
                    .append('&');
        }
        if (operation.evidence()) {
            route.append("run=" + operation.run() + "&stream=" + operation.stream() + "&sequence=")
                    .append(operation.number() + "&");
        }
        if (LeakDraws.leaks(
                plan.faults(),
                plan.draws(),
                service.name(),
                operation.load(),
                operation.number(),
                operation.intendedNanos())) {
            route.append("leak=1&");
        }
        return route.substring(0, route.length() - 1);
    }

    private Ended lost(@Nullable Throwable error, long sent) {
        Throwable cause = error != null && error.getCause() != null ? error.getCause() : error;
        boolean gaveUp = cause instanceof HttpTimeoutException;
        return new Ended(
                gaveUp ? Outcome.GAVE_UP : Outcome.ERROR,
                gaveUp ? clock.nanos() - sent : 0,
                false,
                String.valueOf(cause == null ? "no answer" : cause.getMessage()));
    }

    private Ended ended(Operation operation, HttpResponse<String> answer, long sent) {
        JsonNode body;
        try {
            body = JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            return new Ended(Outcome.ERROR, 0, false, "answer " + answer.statusCode() + " is not JSON");
        }
        if (answer.statusCode() == OK) {
            boolean inTime = clock.nanos() <= operation.deadlineNanos();
            return new Ended(
                    inTime ? Outcome.SUCCEEDED : Outcome.TOO_LATE,
                    body.path("waited_ns").asLong(0),
                    body.path("wrote").asBoolean(),
                    "");
        }
        boolean asksToComeBack = answer.headers().firstValue("Retry-After").isPresent();
        if (answer.statusCode() == UNAVAILABLE && asksToComeBack) {
            return refused(operation, body, clock.nanos() - sent);
        }
        return new Ended(
                Outcome.ERROR,
                0,
                false,
                answer.statusCode() == UNAVAILABLE
                        ? "503 without Retry-After"
                        : answer.statusCode() + " " + body.path("error").asText());
    }

    private Ended refused(Operation operation, JsonNode body, long waited) {
        String detail = body.path("detail").asText();
        String pool = operation.holds().isEmpty()
                ? service.name()
                : operation.holds().get(0).pool();
        switch (body.path("refused").asText()) {
            case "acquire_timeout" -> {
                noteFull(pool);
                notes.happened(LinkKind.ACQUIRE_TIMEOUT, pool, detail);
                return new Ended(Outcome.ACQUIRE_TIMEOUT, waited, false, detail);
            }
            case "server_full" -> {
                return new Ended(Outcome.CONNECT_FAILED, waited, false, detail);
            }
            default -> {
                notes.happened(LinkKind.CONNECT_REFUSED, serverOf(pool), detail);
                return new Ended(Outcome.CONNECT_FAILED, waited, false, detail);
            }
        }
    }

    private String serverOf(String pool) {
        return service.pools().stream()
                .filter(one -> one.name().equals(pool))
                .map(PlannedPool::server)
                .findFirst()
                .orElse("");
    }

    private void noteFull(String pool) {
        Counts counts = levels.getOrDefault(pool, new Counts(0, 0, 0));
        notes.happened(
                LinkKind.POOL_FULL,
                pool,
                counts.inUse() + " of " + limit(pool) + " connections in use, " + counts.waiting() + " wait");
    }

    private int limit(String pool) {
        return service.pools().stream()
                .filter(one -> one.name().equals(pool))
                .mapToInt(PlannedPool::limit)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** As the service said last; asking makes it say so again. */
    @Override
    public Map<String, Counts> counts() {
        if (!closed.get() && refreshing.compareAndSet(false, true)) {
            Future<?> unused = subject.get("/pool", ASIDE).whenComplete((answer, error) -> {
                refreshing.set(false);
                if (answer != null && answer.statusCode() == OK) {
                    read(answer.body());
                }
            });
        }
        return levels;
    }

    private void read(String body) {
        try {
            take(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            notes.problem("what " + service.name() + " says of its pools is not JSON: " + e.getOriginalMessage());
        }
    }

    private void take(JsonNode pools) {
        Map<String, Counts> counts = new LinkedHashMap<>();
        pools.properties().forEach(pool -> {
            String name = service.name() + "/" + pool.getKey();
            JsonNode said = pool.getValue();
            counts.put(
                    name,
                    new Counts(
                            said.path("in_use").asInt(),
                            said.path("open").asInt(),
                            said.path("waiting").asInt()));
            noteLeaks(name, said);
        });
        levels = counts;
        counts.forEach((name, level) -> {
            if (level.waiting() > 0 && level.inUse() >= limit(name)) {
                noteFull(name);
            }
        });
    }

    private void noteLeaks(String pool, JsonNode said) {
        long found = said.path("leaks_found").asLong();
        Long noted = leaksNoted.put(pool, found);
        long before = noted == null ? 0 : noted;
        JsonNode newest = said.path("leaks").path(0);
        for (long leak = before + 1; leak <= found; leak++) {
            notes.happened(
                    LinkKind.POOL_LEAK,
                    pool,
                    newest.isMissingNode()
                            ? "a connection was not given back, and the library has taken it back already"
                            : "borrowed at " + newest.path("place").asText() + " and never given back");
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (subject.isAlive()) {
                settle();
            } else {
                notes.problem("the process of " + service.name() + " ended during the run with "
                        + subject.exitCode().orElse(-1));
            }
        } catch (IOException e) {
            notes.problem("the end of " + service.name() + " could not be checked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tasks.shutdownNow();
            subject.close();
        }
    }

    /** Gives leaks back on demand and looks whether the pools are whole then. */
    private void settle() throws IOException, InterruptedException {
        JsonNode pools = now("/pool");
        if (asked(pools) - askedBefore > databaseRequests.get() * mostBorrows()) {
            notes.problem("the pools of " + service.name() + " were asked " + (asked(pools) - askedBefore)
                    + " times by " + databaseRequests.get() + " requests that need the database");
        }
        long until = clock.nanos() + WHOLE_WITHIN_NANOS;
        while (lent(pools) > 0
                && clock.nanos() < until
                && !Thread.currentThread().isInterrupted()) {
            finished(subject.post("/leaks/reclaim", ASIDE));
            clock.await(clock.nanos() + POLL_NANOS);
            pools = now("/pool");
        }
        if (lent(pools) > 0) {
            notes.problem(lent(pools) + " connections of " + service.name() + " were never given back: " + pools);
        }
    }

    private long mostBorrows() {
        return plan.loads().stream()
                .filter(load -> load.service().equals(service.name()))
                .mapToLong(load -> load.borrows().stream()
                        .mapToLong(borrow -> borrow.connections())
                        .sum())
                .max()
                .orElse(1);
    }

    private static long asked(JsonNode pools) {
        long asked = 0;
        for (JsonNode pool : pools) {
            asked += pool.path("asked").asLong();
        }
        return asked;
    }

    private static long lent(JsonNode pools) {
        long lent = 0;
        for (JsonNode pool : pools) {
            lent += pool.path("in_use").asLong();
        }
        return lent;
    }

    private JsonNode now(String route) throws IOException, InterruptedException {
        return JSON.readTree(finished(subject.get(route, ASIDE)).body());
    }

    private static HttpResponse<String> finished(Future<HttpResponse<String>> answer)
            throws IOException, InterruptedException {
        try {
            return answer.get(ASIDE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer: " + (e.getCause() == null ? e.getMessage() : e.getCause()), e);
        }
    }
}
