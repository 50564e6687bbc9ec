package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every library as a subject, on a real server. */
@Timeout(120)
class SubjectConformanceTest {

    private static final int FAILURES = 1_000;

    /** Each library's own words for a caller that waited in vain. */
    private static final Map<PoolLibrary, String> REFUSALS = Map.of(
            PoolLibrary.OVERFLOW, "QueuePool limit of size 3 overflow 0 reached, connection timed out, timeout 0\\.40",
            PoolLibrary.HIKARI, ".* - Connection is not available, request timed out after \\d+ms .*",
            PoolLibrary.AGROAL, "Sorry, acquisition timeout!",
            PoolLibrary.TOMCAT, ".*Timeout: Pool empty\\. Unable to fetch a connection in 0 seconds, none available.*",
            PoolLibrary.DBCP, "Cannot get a connection, pool error Timeout waiting for idle object.*",
            PoolLibrary.R2DBC, "Connection acquisition timed out after 400ms",
            PoolLibrary.VERTX, "Timeout");

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void everySubjectDoesWhatAPoolMust(PoolLibrary library) throws Exception {
        Subject subject = open(library, PoolSettings.of(3, 0, Conformance.ACQUIRE), "conforms");
        try (subject) {
            Conformance checks = new Conformance(server, subject, 3);
            checks.neverOpensMoreThanItsLimit();
            String refusal = checks.refusesBeyondItsLimit(waits(library));
            assertThat(refusal).matches(Pattern.compile(REFUSALS.getOrDefault(library, ""), Pattern.DOTALL));
            checks.handsOnWhatIsGivenBack();
            checks.leavesNothingWhenClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingLeaksWhenConnectionsFail(PoolLibrary library) throws Exception {
        PoolSettings settings = PoolSettings.of(3, 0, Conformance.ACQUIRE);
        boolean canPing = library != PoolLibrary.VERTX;
        Subject subject = open(library, canPing ? settings.withPrePing() : settings, "fails");
        try (subject) {
            Conformance checks = new Conformance(server, subject, 3);
            checks.isWholeAfterFailures(FAILURES);
            checks.leavesNothingWhenClosed();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OVERFLOW")
    void whatALibraryCannotExpressIsRefusedInASentence(PoolLibrary library) {
        PoolSettings overflow = PoolSettings.of(3, 2, Conformance.ACQUIRE);
        assertThatThrownBy(() -> open(library, overflow, "refused"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overflow = 2: there is no overflow, only 0 is possible");
    }

    @ParameterizedTest
    @EnumSource(names = {"AGROAL", "TOMCAT", "DBCP", "HIKARI", "R2DBC"})
    void theMinimumIsOpenBeforeAnybodyAsks(PoolLibrary library) throws Exception {
        PoolSettings settings = PoolSettings.of(3, 0, Conformance.ACQUIRE).withMinimumIdle(2);
        try (Subject subject = open(library, settings, "minimum")) {
            Borrower.Held first = Borrower.of(subject).borrow();
            first.giveBack();
            Polling.until(() -> server.connections(subject.name()) >= 2, Duration.ofSeconds(10));
        }
        server.awaitConnections(name("minimum", library), 0);
    }

    /** r2dbc-pool tries an acquisition that failed once more ({@code acquireRetry}, 1 by default), a timed-out one too. */
    private static int waits(PoolLibrary library) {
        return library == PoolLibrary.R2DBC ? 2 : 1;
    }

    private static Subject open(PoolLibrary library, PoolSettings settings, String test) {
        return Subjects.of(
                library,
                settings,
                new Login(server.jdbcUrl(), TestServer.USER, TestServer.PASSWORD, name(test, library)));
    }

    private static String name(String test, PoolLibrary library) {
        return test + "-" + library.text();
    }
}
