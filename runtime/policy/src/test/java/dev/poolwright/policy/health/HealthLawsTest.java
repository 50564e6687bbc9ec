package dev.poolwright.policy.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Laws and worked examples. Replay with {@code -Dpoolwright.seed=N}. */
class HealthLawsTest {

    private static final long SECOND = 1_000_000_000L;

    private final long seed = Long.getLong("poolwright.seed", 20261121L);

    @ParameterizedTest
    @CsvSource({
        "08001, true",
        "08006, true",
        "08003, false",
        "08P01, false",
        "53300, true",
        "53200, true",
        "53P01, false",
        "53P04, false",
        "57P01, true",
        "57P03, true",
        "57014, false",
        "58030, true",
        "XX000, true",
        "40001, false",
        "40P01, false",
        "42601, false",
        "23505, false",
        ", false",
        "08, false"
    })
    void onlyTheDatabasesOwnErrorsCount(String state, boolean fault) {
        assertThat(SqlStates.isDatabaseFault(state)).isEqualTo(fault);
    }

    @Test
    void retriesNeverExceedTheirShareAndReserve() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            int perMille = random.nextInt(301);
            int reserve = random.nextInt(3);
            RetryBudget budget = new RetryBudget(perMille, reserve);
            List<Long> calls = new ArrayList<>();
            List<Long> retries = new ArrayList<>();
            long begun = -1;
            long now = 0;
            for (int step = 0; step < 1_500; step++) {
                now += random.nextLong(random.nextInt(200) == 0 ? 20 * SECOND : SECOND / 50);
                begun = begun < 0 ? now : begun;
                // The naive model keeps every moment; the window is the running second and the nine before it.
                long from = begun + ((now - begun) / SECOND - 9) * SECOND;
                calls.removeIf(at -> at < from);
                retries.removeIf(at -> at < from);
                if (random.nextInt(3) > 0) {
                    budget.called(now, 1);
                    calls.add(now);
                } else {
                    boolean expected = 1_000L * retries.size() < (long) perMille * calls.size() + 10_000L * reserve;
                    if (expected) {
                        retries.add(now);
                    }
                    if (budget.mayRetry(now) != expected) {
                        assertThat(!expected)
                                .as("seed " + seed + " round " + round + " step " + step)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void breakerOpensAtItsShareAndNotBelow() {
        Breaker breaker = new Breaker(new BreakerSettings(5, 50, SECOND, 8 * SECOND, 4));
        breaker.succeeded(0, 6);
        for (int i = 0; i < 5; i++) {
            breaker.failed(0);
        }
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
        breaker.failed(0);
        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.ask(SECOND - 1)).isEqualTo(Breaker.Answer.REFUSED);
        assertThat(breaker.retryAfterNanos(SECOND - 1)).isEqualTo(1);
        assertThat(breaker.ask(SECOND)).isEqualTo(Breaker.Answer.PROBE);
        assertThat(breaker.ask(SECOND)).isEqualTo(Breaker.Answer.REFUSED);
        breaker.probeSucceeded(SECOND);
        assertThat(breaker.ask(SECOND)).isEqualTo(Breaker.Answer.PROBE);
        assertThat(breaker.ask(SECOND)).isEqualTo(Breaker.Answer.PROBE);
        assertThat(breaker.ask(SECOND)).isEqualTo(Breaker.Answer.REFUSED);
        breaker.probeSucceeded(SECOND);
        breaker.probeSucceeded(SECOND);
        assertThat(breaker.ask(SECOND)).isEqualTo(Breaker.Answer.PROBE);
        breaker.probeSucceeded(SECOND);
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
        assertThat(breaker.ask(SECOND)).isEqualTo(Breaker.Answer.PASS);
    }

    @Test
    void failedProbeOpensAgainForTwiceAsLongUpToTheLongest() {
        Breaker breaker = new Breaker(new BreakerSettings(1, 1, SECOND, 3 * SECOND, 4));
        breaker.failed(0);
        long at = SECOND;
        for (long open : new long[] {2, 3, 3}) {
            assertThat(breaker.ask(at)).isEqualTo(Breaker.Answer.PROBE);
            breaker.failed(at);
            assertThat(breaker.retryAfterNanos(at)).isEqualTo(open * SECOND);
            at += open * SECOND;
        }
    }

    @Test
    void breakerNeverAdmitsAStampedeAndNeverStaysOpenForEver() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            BreakerSettings settings = new BreakerSettings(
                    1 + random.nextInt(5), 1 + random.nextInt(100), SECOND, 4 * SECOND, 1 + random.nextInt(6));
            Breaker breaker = new Breaker(settings);
            long now = 0;
            int successesInARow = 0;
            for (int step = 0; step < 1_000; step++) {
                now += random.nextLong(SECOND / 4);
                boolean closed = breaker.state() == Breaker.State.CLOSED;
                Breaker.Answer answer = breaker.ask(now);
                if (closed != (answer == Breaker.Answer.PASS)) {
                    assertThat(answer).as("seed " + seed).isEqualTo(Breaker.Answer.PASS);
                }
                switch (answer) {
                    case REFUSED -> successesInARow = 0;
                    case PASS -> {
                        if (random.nextInt(4) == 0) {
                            breaker.failed(now);
                        } else {
                            breaker.succeeded(now, 1);
                        }
                    }
                    case PROBE -> {
                        if (random.nextInt(4) == 0) {
                            breaker.failed(now);
                            successesInARow = 0;
                        } else if (random.nextInt(3) > 0) {
                            breaker.probeSucceeded(now);
                            successesInARow++;
                        }
                    }
                }
                if (breaker.retryAfterNanos(now) > settings.longestOpenNanos()) {
                    assertThat(breaker.retryAfterNanos(now)).isLessThanOrEqualTo(settings.longestOpenNanos());
                }
            }
            // A database that is well again is let back, whatever was lost before.
            int asked = 0;
            while (breaker.state() != Breaker.State.CLOSED) {
                now += SECOND;
                if (breaker.ask(now) == Breaker.Answer.PROBE) {
                    breaker.probeSucceeded(now);
                }
                assertThat(++asked).as("seed " + seed + " round " + round).isLessThan(50);
            }
            assertThat(successesInARow).isNotNegative();
        }
    }

    @Test
    void risingFloorIsALeakAndAFlatOneUnderAnyLoadIsNot() {
        FloorTest leak = new FloorTest();
        boolean found = false;
        for (int window = 0; window < FloorTest.LEAST_WINDOWS; window++) {
            found = leak.windowEnded(window);
        }
        assertThat(found).isTrue();
        assertThat(leak.slope()).isEqualTo(1);
        // S = 28 of 8 rising values; Var = 8 × 7 × 21 ÷ 18; z = 27 ÷ 8.0829.
        assertThat(leak.z()).isCloseTo(3.3404, org.assertj.core.data.Offset.offset(0.0005));
        FloorTest flat = new FloorTest();
        for (int window = 0; window < 100; window++) {
            assertThat(flat.windowEnded(3)).isFalse();
        }
    }

    @Test
    void floorThatOnlyFluctuatesRaisesFewerThanTwoFalseAlarmsInAHundred() {
        SplittableRandom random = new SplittableRandom(seed);
        int alarms = 0;
        for (int trial = 0; trial < 2_000; trial++) {
            FloorTest test = new FloorTest();
            boolean alarm = false;
            for (int window = 0; window < 20; window++) {
                alarm = test.windowEnded(random.nextInt(4));
            }
            alarms += alarm ? 1 : 0;
        }
        assertThat(alarms).as("seed " + seed).isLessThan(40);
    }

    @Test
    void slowButUsualHoldIsNoLeak() {
        LeakByTime leak = new LeakByTime(2 * SECOND, 10);
        assertThat(leak.isSuspect(2 * SECOND + 1, 0)).isTrue();
        assertThat(leak.isSuspect(2 * SECOND, 0)).isFalse();
        assertThat(leak.isSuspect(9 * SECOND, SECOND)).isFalse();
        assertThat(leak.boundNanos(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> new BreakerSettings(0, 50, 1, 1, 1)).hasMessageContaining("leastFailures = 0");
        assertThatThrownBy(() -> new RetryBudget(1_001, 0)).hasMessageContaining("perMille = 1001");
        assertThatThrownBy(() -> new LeakByTime(0, 1)).hasMessageContaining("afterNanos = 0");
    }
}
