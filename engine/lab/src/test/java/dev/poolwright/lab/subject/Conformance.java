package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.policy.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What every subject must do on a real server; each check fails a subject that does not. The server's own count is the judge. */
final class Conformance {

    static final Duration ACQUIRE = Duration.ofMillis(400);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

    private final TestServer server;
    private final Subject subject;
    private final Borrower borrower;
    private final int limit;

    Conformance(TestServer server, Subject subject, int limit) {
        this.server = server;
        this.subject = subject;
        this.borrower = Borrower.of(subject);
        this.limit = limit;
    }

    /** Twice as many callers as connections: the server never sees more than the limit, and each caller is served. */
    void neverOpensMoreThanItsLimit() throws Exception {
        AtomicInteger most = new AtomicInteger();
        Set<Long> inHand = ConcurrentHashMap.newKeySet();
        int callers = 2 * limit + 1;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Integer>> served = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                served.add(threads.submit(() -> serve(inHand, most)));
            }
            for (Future<Integer> one : served) {
                assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(8);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).as("open by the server's own count").isBetween(1, limit);
        assertThat(inHand).isEmpty();
    }

    private int serve(Set<Long> inHand, AtomicInteger most) throws Exception {
        int done = 0;
        for (int i = 0; i < 8; i++) {
            Borrower.Held held = borrower.borrow();
            try {
                long session = held.number("select pg_backend_pid()");
                assertThat(inHand.add(session))
                        .as("session " + session + " lent to one caller at a time")
                        .isTrue();
                assertThat(server.number("select count(*) from pg_stat_activity where pid = ?::int", "" + session))
                        .as("session " + session + " is one of the server")
                        .isEqualTo(1);
                assertThat(held.number("select count(*) from pg_sleep(0.005)")).isEqualTo(1);
                most.accumulateAndGet((int) server.connections(subject.name()), Math::max);
                inHand.remove(session);
            } finally {
                held.giveBack();
            }
            done++;
        }
        return done;
    }

    /**
     * With all of them lent, one more is refused after the acquire timeout; its text is returned.
     *
     * @param waits how often the library waits its acquire timeout before it gives up
     */
    String refusesBeyondItsLimit(int waits) throws Exception {
        List<Borrower.Held> all = new ArrayList<>();
        try {
            Set<Long> sessions = new HashSet<>();
            for (int i = 0; i < limit; i++) {
                Borrower.Held held = borrower.borrow();
                all.add(held);
                sessions.add(held.number("select pg_backend_pid()"));
            }
            assertThat(sessions).as("sessions lent at the same time").hasSize(limit);
            assertThat(server.connections(subject.name())).isEqualTo(limit);
            Clock clock = Clock.system();
            long begin = clock.nanos();
            Exception refusal = refused();
            Duration waited = Duration.ofNanos(clock.nanos() - begin);
            Duration expected = ACQUIRE.multipliedBy(waits);
            assertThat(waited).isBetween(expected.multipliedBy(9).dividedBy(10), expected.plusSeconds(3));
            assertThat(subject.refused(refusal).why()).isEqualTo(Subject.Why.ACQUIRE_TIMEOUT);
            return String.valueOf(refusal.getMessage());
        } finally {
            for (Borrower.Held held : all) {
                held.giveBack();
            }
        }
    }

    private Exception refused() {
        try {
            borrower.borrow();
        } catch (Exception refusal) {
            return refusal;
        }
        throw new AssertionError("a connection was lent beyond the limit of " + limit);
    }

    /** Who waits gets the connection that is given back. */
    void handsOnWhatIsGivenBack() throws Exception {
        List<Borrower.Held> all = new ArrayList<>();
        for (int i = 0; i < limit; i++) {
            all.add(borrower.borrow());
        }
        long wanted = all.get(0).number("select pg_backend_pid()");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Callable<Borrower.Held> ask = borrower::borrow;
            Future<Borrower.Held> waiting = thread.submit(ask);
            Polling.until(() -> subject.counts().waiting() == 1, ACQUIRE);
            all.remove(0).giveBack();
            Borrower.Held served = waiting.get(10, TimeUnit.SECONDS);
            assertThat(served.number("select pg_backend_pid()")).isEqualTo(wanted);
            served.giveBack();
        } finally {
            thread.shutdownNow();
            for (Borrower.Held held : all) {
                held.giveBack();
            }
        }
    }

    /** After so many failures of both kinds, every connection can still be had, and no more are open than may be. */
    void isWholeAfterFailures(int failures) throws Exception {
        for (int i = 0; i < failures; i++) {
            Borrower.Held held = borrower.borrow();
            try {
                boolean kill = i % 10 == 0;
                held.number(kill ? "select pg_terminate_backend(pg_backend_pid())::int" : "select 1 / 0");
                throw new AssertionError("failure " + i + " did not fail");
            } catch (Exception expected) {
                assertThat(expected).isNotNull();
            } finally {
                held.giveBack();
            }
        }
        Polling.until(() -> subject.counts().inUse() == 0 && subject.counts().waiting() == 0, GONE_WITHIN);
        assertThat(server.connections(subject.name())).isLessThanOrEqualTo(limit);
        refusesBeyondItsLimit(1);
    }

    /** With one still lent, as when a process ends. */
    void leavesNothingWhenClosed() throws Exception {
        Borrower.Held lent = borrower.borrow();
        assertThat(lent.number("select 1")).isEqualTo(1);
        subject.close();
        Polling.until(() -> server.connections(subject.name()) == 0, GONE_WITHIN);
    }
}
