package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real service in a process of its own, on a real server. */
@RequiresSqlAlchemy
@Timeout(180)
class PythonServiceTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String REFUSAL = "Pool class QueuePool cannot be used with asyncio engine"
            + " (Background on this error at: https://sqlalche.me/e/20/pcls)";

    private static TestServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void startServer() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Test
    @SuppressWarnings("try") // its exit code is read after closing
    void legalEngineWorksLeavesEvidenceAndNothingElse() throws Exception {
        for (EngineKind kind : EngineKind.values()) {
            String name = "legal-" + kind.text();
            PoolSettings settings = PoolSettings.of(2, 1, Duration.ofSeconds(5));
            try (ProcessSubject subject = start(name, PythonService.of(kind, PoolClass.LEFT_OUT, settings, name))) {
                assertThat(body(subject, "/pool")).contains("\"built\":false");
                List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    answers.add(subject.work(
                            "in_database_ms=20&outside_ms=5&run=" + name + "&stream=a&sequence=" + i, LIMIT));
                }
                for (CompletableFuture<HttpResponse<String>> answer : answers) {
                    HttpResponse<String> response = answer.get(30, TimeUnit.SECONDS);
                    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                    assertThat(response.body()).contains("\"waited_ms\":", "\"wrote\":true");
                    assertThat(response.headers().firstValue("Server-Timing")).isPresent();
                }
                assertThat(server.number("select count(distinct sequence) from evidence where run = ?", name))
                        .isEqualTo(12);
                assertThat(body(subject, "/pool"))
                        .contains("\"built\":true", "\"size\":2", "\"checked_out\":0", "\"max_overflow\":1")
                        .contains(kind == EngineKind.ASYNC ? "AsyncAdaptedQueuePool" : "\"class\":\"QueuePool\"");
                assertThat(server.connections(name)).isEqualTo(2);
                HttpResponse<String> wrong =
                        subject.work("in_database_ms=-1", LIMIT).get(30, TimeUnit.SECONDS);
                assertThat(wrong.statusCode()).isEqualTo(400);
                subject.close();
                assertThat(subject.exitCode()).hasValue(143);
            }
            server.awaitConnections(name, 0);
        }
    }

    @Test
    void illegalClassShowsAtFirstUseWithItsContext() throws Exception {
        PythonService service = new PythonService(EngineKind.ASYNC, PoolClass.QUEUE_POOL, false, Map.of());
        try (ProcessSubject subject = start("illegal", service)) {
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> answer = subject.work("", LIMIT).get(30, TimeUnit.SECONDS);
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.body())
                        .contains("\"error_message\":\"" + REFUSAL + "\"")
                        .contains("\"error_type\":\"ArgumentError\"", "\"session_creation_stage\":\"engine\"")
                        .contains("\"user_id\":\"system\"", "\"request_id\":", "\"function_location\":");
            }
            Polling.until(() -> String.join("\n", subject.lastLines()).contains(REFUSAL), LIMIT);
        }
    }

    @Test
    void misreportedErrorLooksLikeAFailedAuthenticationButTheLogHasTheTruth() throws Exception {
        PythonService service =
                new PythonService(EngineKind.ASYNC, PoolClass.QUEUE_POOL, false, Map.of()).misreporting();
        try (ProcessSubject subject = start("misreports", service)) {
            HttpResponse<String> answer = subject.work("", LIMIT).get(30, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body())
                    .contains("SYSTEM USER AUTHENTICATION FAILURE: User 'system' failed authentication")
                    .doesNotContain("QueuePool");
            Polling.until(() -> String.join("\n", subject.lastLines()).contains(REFUSAL), LIMIT);
        }
    }

    @Test
    void exhaustedPoolAnswersWithTheLibrarysTextAndThePasswordIsNowhere() throws Exception {
        PoolSettings settings = PoolSettings.of(1, 0, Duration.ofMillis(200));
        PythonService service = PythonService.of(EngineKind.ASYNC, PoolClass.LEFT_OUT, settings, "exhausted");
        Path log;
        try (ProcessSubject subject = start("exhausted", service)) {
            CompletableFuture<HttpResponse<String>> holder = subject.work("in_database_ms=3000", LIMIT);
            Polling.until(() -> server.connections("exhausted") == 1, LIMIT);
            HttpResponse<String> refused = subject.work("", LIMIT).get(30, TimeUnit.SECONDS);
            assertThat(refused.body())
                    .contains("QueuePool limit of size 1 overflow 0 reached, connection timed out, timeout 0.20"
                            + " (Background on this error at: https://sqlalche.me/e/20/3o7r)")
                    .contains("\"error_type\":\"TimeoutError\"", "\"session_creation_stage\":\"connect\"");
            assertThat(holder.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            log = subject.output();
        }
        assertThat(Files.readString(log)).contains("QueuePool limit").doesNotContain(TestServer.PASSWORD);
    }

    private ProcessSubject start(String name, PythonService service) throws Exception {
        return ProcessSubject.start(service.spec(name, RequiresSqlAlchemy.Python.path(), server.url(), folder), folder);
    }

    private static String body(ProcessSubject subject, String route) throws Exception {
        return subject.get(route, LIMIT).get(30, TimeUnit.SECONDS).body();
    }
}
