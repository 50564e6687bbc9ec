package dev.poolwright.policy.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Laws that hold whatever comes. Replay with {@code -Dpoolwright.seed=N}. */
class AdmissionLawsTest {

    private final long seed = Long.getLong("poolwright.seed", 20261121L);

    @Test
    void classBelowItsReserveIsAlwaysServedAtOnce() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            int limit = 4 + random.nextInt(20);
            Shares shares = Shares.of(random.nextInt(2), random.nextInt(2), random.nextInt(2));
            long counts = 0;
            for (int step = 0; step < 400; step++) {
                int of = random.nextInt(Shares.CLASSES);
                boolean mayTake = shares.mayTake(counts, of, limit);
                if (Shares.inUse(counts, of) < shares.reserved(of) && !mayTake) {
                    assertThat(mayTake)
                            .as("seed " + seed + " round " + round + " step " + step)
                            .isTrue();
                }
                if (mayTake && random.nextInt(3) > 0) {
                    counts = Shares.plusOne(counts, of);
                } else if (Shares.inUse(counts, of) > 0) {
                    counts = Shares.minusOne(counts, of);
                }
                if (Shares.inUse(counts) > limit) {
                    assertThat(Shares.inUse(counts)).isLessThanOrEqualTo(limit);
                }
            }
        }
    }

    @Test
    void everyDisciplineKeepsPermitsWholeAndLeavesNobodyWaitingThatCouldBeServed() {
        for (Discipline discipline : Discipline.values()) {
            for (int round = 0; round < 200; round++) {
                keepsPermitsWhole(discipline, new SplittableRandom(seed + round), "seed " + (seed + round));
            }
        }
    }

    private static void keepsPermitsWhole(Discipline discipline, SplittableRandom random, String where) {
        int limit = 1 + random.nextInt(5);
        Admission admission =
                new Admission(new AdmissionSettings(limit, Shares.of(), List.of(30), 64, discipline, 1), Rule.all(), 0);
        List<Long> waiting = new ArrayList<>();
        int using = 0;
        long now = 0;
        for (int step = 0; step < 300; step++) {
            now += random.nextInt(4_000_000);
            int what = random.nextInt(5);
            if (what < 3) {
                long answer = admission.ask(now, 0, now + random.nextInt(400_000_000), 0);
                using += answer == Admission.ADMITTED ? 1 : 0;
                if (answer >= 0) {
                    waiting.add(answer);
                }
            } else if (what == 3 && using > 0) {
                using--;
                admission.giveBack(now, 0);
            } else if (!waiting.isEmpty()) {
                admission.leave(now, waiting.remove(random.nextInt(waiting.size())));
            }
            for (long ticket = admission.poll(); ticket != Admission.NONE; ticket = admission.poll()) {
                assertThat(waiting.remove(ticket)).as(where).isTrue();
                using += admission.polledHow() == Admission.ADMITTED ? 1 : 0;
            }
            boolean whole = Shares.inUse(admission.counts()) == using
                    && using <= limit
                    && admission.waiting() == waiting.size()
                    && (waiting.isEmpty() || using == limit);
            assertThat(whole).as(where + " step " + step + " " + discipline).isTrue();
        }
    }

    @Test
    void limitStaysWithinItsBoundsAndDoesNotGrowWhileHalfIsUnused() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            int least = 1 + random.nextInt(5);
            AdaptiveLimit limit = new AdaptiveLimit(least, least + random.nextInt(40));
            long now = 0;
            int most = limit.limit();
            for (int step = 0; step < 1_000; step++) {
                now += random.nextInt(200_000_000);
                int before = limit.limit();
                boolean idle = round % 2 == 0;
                int after = limit.ended(now, idle ? 0 : before, !idle && random.nextInt(100) == 0);
                assertThat(after >= least && after <= most && after <= before + 1 && (!idle || after <= before))
                        .as("seed " + seed + " round " + round + " step " + step)
                        .isTrue();
            }
        }
    }

    @Test
    void limitFallsByATenthAfterABadWindowAndRisesByOneAfterAGoodOne() {
        AdaptiveLimit limit = new AdaptiveLimit(2, 20);
        limit.ended(0, 20, true);
        assertThat(limit.ended(AdaptiveLimit.WINDOW_NANOS, 18, false)).isEqualTo(18);
        for (int i = 0; i < AdaptiveLimit.LEAST_SAMPLES; i++) {
            limit.ended(AdaptiveLimit.WINDOW_NANOS + 1, 9, false);
        }
        assertThat(limit.ended(2 * AdaptiveLimit.WINDOW_NANOS, 9, false)).isEqualTo(19);
        assertThat(limit.most(10)).isEqualTo(10);
    }

    @Test
    void quantileIsWithinOneBucketOfTheSortedSamples() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            HoldTimes holds = new HoldTimes();
            long[] all = new long[1 + random.nextInt(HoldTimes.RECENT - 1)];
            for (int i = 0; i < all.length; i++) {
                all[i] = (long) StrictMath.exp(random.nextDouble() * 30);
                holds.record(all[i]);
            }
            Arrays.sort(all);
            for (double share : new double[] {0.01, 0.5, 0.99, 1}) {
                long exact = all[(int) Math.ceil(all.length * share) - 1];
                assertThat(holds.quantileNanos(share))
                        .as("seed " + seed + " round " + round)
                        .isBetween(exact, exact + exact / 4 + 1);
            }
            assertThat((double) holds.meanNanos())
                    .isBetween(
                            Arrays.stream(all).average().orElseThrow() - 1,
                            Arrays.stream(all).average().orElseThrow() + 1);
        }
    }

    @Test
    void oldHoldsFade() {
        HoldTimes holds = new HoldTimes();
        for (int i = 0; i < HoldTimes.RECENT; i++) {
            holds.record(1_000_000);
        }
        for (int i = 0; i < 20 * HoldTimes.RECENT; i++) {
            holds.record(10);
        }
        assertThat(holds.meanNanos()).isLessThan(20);
        assertThat(holds.quantileNanos(0.99)).isLessThan(20);
        assertThat(holds.samples()).isLessThan(HoldTimes.RECENT);
    }

    @Test
    void codelSeesNoStandingQueueInOneThatEmptiesInEachInterval() {
        Codel codel = new Codel();
        long now = 0;
        for (int i = 0; i < 100_000; i++) {
            now += 1_000_000;
            assertThat(codel.dropAfter(now, i % 5 == 0 ? 0 : 80_000_000, 1_000_000))
                    .isFalse();
        }
        assertThat(codel.standing()).isFalse();
        assertThat(Codel.targetNanos(0)).isEqualTo(5_000_000);
        assertThat(Codel.targetNanos(20_000_000)).isEqualTo(60_000_000);
    }
}
