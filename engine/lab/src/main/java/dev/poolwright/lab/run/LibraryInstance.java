package dev.poolwright.lab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.poolwright.lab.run.Operation.Hold;
import dev.poolwright.lab.run.Worker.Notes;
import dev.poolwright.lab.subject.Counts;
import dev.poolwright.lab.subject.ProcessSubject;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.verdict.LinkKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance that is a real program on its own library, loaded over HTTP. Its pool is its own affair: the lab sees what it
 * answers, and what the server says. Thread-safe.
 */
final class LibraryInstance implements Instance {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String service;
    private final String pool;
    private final ProcessSubject subject;
    private final RunClock clock;
    private final Notes notes;

    LibraryInstance(String service, String pool, ProcessSubject subject, RunClock clock, Notes notes) {
        this.service = service;
        this.pool = pool;
        this.subject = subject;
        this.clock = clock;
        this.notes = notes;
    }

    @Override
    public void execute(Operation operation, Consumer<Ended> done) {
        if (operation.holds().isEmpty()) {
            Future<?> unused = subject.get("/ready", LONGEST)
                    .whenComplete((answer, error) -> done.accept(
                            answer != null && answer.statusCode() == 200
                                    ? new Ended(Outcome.SUCCEEDED, 0, false, "")
                                    : lost(error)));
            return;
        }
        Hold hold = operation.holds().get(0);
        String query = String.format(
                Locale.ROOT,
                "in_database_ms=%.3f&outside_ms=%.3f",
                hold.inDatabaseNanos() / 1e6,
                hold.outsideNanos() / 1e6);
        if (operation.evidence()) {
            query += "&run=" + operation.run() + "&stream=" + operation.stream() + "&sequence=" + operation.number();
        }
        long left = operation.deadlineNanos() == Long.MAX_VALUE
                ? LONGEST.toNanos()
                : Math.max(1, Math.min(LONGEST.toNanos(), operation.deadlineNanos() - clock.nanos()));
        Future<?> unused = subject.work(query, Duration.ofNanos(left))
                .whenComplete((answer, error) -> done.accept(answer == null ? lost(error) : ended(operation, answer)));
    }

    private static Ended lost(@Nullable Throwable error) {
        String text = error == null ? "no answer" : String.valueOf(error.getMessage());
        boolean gaveUp = error instanceof TimeoutException
                || error instanceof java.net.http.HttpTimeoutException
                || (error != null && error.getCause() instanceof java.net.http.HttpTimeoutException);
        return new Ended(gaveUp ? Outcome.GAVE_UP : Outcome.ERROR, 0, false, text);
    }

    private Ended ended(Operation operation, HttpResponse<String> answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            long waited = Math.round(body.path("waited_ms").asDouble(0) * 1e6);
            if (answer.statusCode() == 200) {
                boolean inTime = clock.nanos() <= operation.deadlineNanos();
                return new Ended(
                        inTime ? Outcome.SUCCEEDED : Outcome.TOO_LATE,
                        waited,
                        body.path("wrote").asBoolean(),
                        "");
            }
            return failed(body.path("context"), waited);
        } catch (JsonProcessingException e) {
            return new Ended(Outcome.ERROR, 0, false, "answer " + answer.statusCode() + " is not JSON");
        }
    }

    /** The library's own words decide what it was. */
    private Ended failed(JsonNode context, long waited) {
        String type = context.path("error_type").asText();
        String text = context.path("error_message").asText();
        if (text.contains("cannot be used with")) {
            notes.happened(LinkKind.POOL_INCOMPATIBLE, pool, text);
            notes.happened(LinkKind.SESSION_FAILED, service, "no session: " + type);
            return new Ended(Outcome.SESSION_FAILED, waited, false, text);
        }
        if (text.contains("limit of size") && text.contains("connection timed out")) {
            notes.happened(LinkKind.ACQUIRE_TIMEOUT, pool, text);
            return new Ended(Outcome.ACQUIRE_TIMEOUT, waited, false, text);
        }
        return new Ended(Outcome.ERROR, waited, false, type + ": " + text);
    }

    /** Not known from outside; what it opens is seen at the server. */
    @Override
    public Map<String, Counts> counts() {
        return Map.of();
    }

    @Override
    public void close() {
        subject.close();
    }
}
