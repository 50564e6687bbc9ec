package dev.poolwright.lab.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.poolwright.lab.subject.ProcessSubject;
import dev.poolwright.policy.Clock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service as a process over a real PostgreSQL, asked as any client asks. */
@Timeout(120)
class HttpServiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.builder().start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role tester login superuser password 's3cret-of-the-test'");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void whileItsPoolIsFullHealthAnswersWithoutItAndDatabaseRoutesAreRefusedWithATimeToComeBack() throws Exception {
        try (ProcessSubject service = service("backpressure", "overflow", 1, 1, 0)) {
            List<CompletableFuture<HttpResponse<String>>> holding = List.of(
                    service.get("/loads/slow?" + step(4_000), LIMIT), service.get("/loads/slow?" + step(4_000), LIMIT));
            until(() -> sessions("backpressure/main").stream()
                            .filter(session -> session.contains("active select pg_sleep"))
                            .count()
                    == 2);
            long asked = pool(service).path("asked").asLong();
            List<String> sessions = sessions("backpressure/main");

            for (int i = 0; i < 50; i++) {
                assertThat(get(service, "/health").statusCode()).isEqualTo(200);
            }
            assertThat(pool(service).path("asked").asLong()).isEqualTo(asked);
            assertThat(sessions("backpressure/main")).isEqualTo(sessions).hasSize(2);

            long began = Clock.system().nanos();
            HttpResponse<String> refused = get(service, "/loads/fast?" + step(1));
            Duration took = Duration.ofNanos(Clock.system().nanos() - began);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(refused.body()).contains("acquire_timeout").contains("size 1 overflow 1");
            assertThat(took).isBetween(Duration.ofMillis(490), Duration.ofSeconds(3));
            assertThat(get(service, "/ready").statusCode()).isEqualTo(503);
            assertThat(pool(service).path("asked").asLong()).isEqualTo(asked + 2);

            for (CompletableFuture<HttpResponse<String>> held : holding) {
                assertThat(held.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            assertThat(get(service, "/ready").statusCode()).isEqualTo(200);
        }
        until(() -> sessions("backpressure/main").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overflow", "hikaricp", "tomcat-jdbc"})
    void aLeakIsFoundWhenItsRequestEndsWithThePlaceOfTheBorrowAndGivenBackOnDemand(String library) throws Exception {
        try (ProcessSubject service = service("leak-" + library, library, 3, 0, 0)) {
            for (int i = 0; i < 3; i++) {
                assertThat(get(service, "/loads/place?" + step(1) + "&leak=1").statusCode())
                        .isEqualTo(200);
            }
            until(() -> pool(service).path("leaks").size() == 3);
            assertThat(pool(service).path("leaks").path(0).path("place").asText())
                    .matches("DatabaseRoute\\.java:\\d+ \\(forget\\)");
            assertThat(get(service, "/loads/place?" + step(1)).statusCode()).isEqualTo(503);

            assertThat(service.post("/leaks/reclaim", LIMIT)
                            .get(30, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo("{\"main\":3}");
            assertThat(inUse(service)).isZero();
            assertThat(pool(service).path("leaks").size()).isZero();
            assertThat(get(service, "/loads/place?" + step(1)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aLibraryThatTakesBackWhatIsLentForTooLongNeedsNoDemand() throws Exception {
        try (ProcessSubject service = service("reclaims", "tomcat-jdbc", 2, 0, 1)) {
            for (int i = 0; i < 2; i++) {
                get(service, "/loads/place?" + step(1) + "&leak=1");
            }
            until(() -> pool(service).path("leaks_found").asLong() == 2 && inUse(service) == 0);
            assertThat(get(service, "/loads/place?" + step(1)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatIsAskedWrongIsToldAndNothingIsBorrowed() throws Exception {
        try (ProcessSubject service = service("wrong", "overflow", 1, 0, 0)) {
            assertThat(get(service, "/loads/place?step=other,1,false,0,0").statusCode())
                    .isEqualTo(400);
            assertThat(get(service, "/loads/place?step=main,1").body())
                    .contains("must be pool,connections,nested,in database ns,outside ns");
            assertThat(get(service, "/leaks/reclaim").statusCode()).isEqualTo(400);
            assertThat(inUse(service)).isZero();
        }
    }

    private ProcessSubject service(String name, String library, int size, int overflow, int reclaimSeconds)
            throws IOException, InterruptedException {
        PoolSpec pool = new PoolSpec("main", library, server.getPort(), size, overflow, 500, 10, 0, reclaimSeconds, 0);
        return ProcessSubject.start(
                new HttpService(name, List.of(pool))
                        .spec(
                                name,
                                URI.create("postgresql://tester:s3cret-of-the-test@127.0.0.1:" + server.getPort()
                                        + "/postgres")),
                folder);
    }

    private static String step(long millis) {
        return HttpService.step("main", 1, false, millis * 1_000_000, 0);
    }

    private static HttpResponse<String> get(ProcessSubject service, String route) throws Exception {
        return service.get(route, LIMIT).get(40, TimeUnit.SECONDS);
    }

    private static JsonNode pool(ProcessSubject service) {
        try {
            return JSON.readTree(get(service, "/pool").body()).path("main");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long inUse(ProcessSubject service) {
        return pool(service).path("in_use").asLong();
    }

    /** What the server says of the pool's sessions: process and the moment of its last statement. */
    private static List<String> sessions(String application) {
        List<String> sessions = new ArrayList<>();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select pid || ' ' || query_start || ' ' || state || ' ' || query from pg_stat_activity where application_name = ? order by 1")) {
            statement.setString(1, application);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sessions.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return sessions;
    }

    private static void until(BooleanSupplier happened) {
        long begin = Clock.system().nanos();
        while (!happened.getAsBoolean()) {
            assertThat(Clock.system().nanos() - begin).as("nanoseconds waited").isLessThan(LIMIT.toNanos());
            LockSupport.parkNanos(10_000_000);
        }
    }
}
