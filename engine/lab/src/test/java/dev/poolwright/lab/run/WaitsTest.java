package dev.poolwright.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.run.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private static final long MILLI = 1_000_000;

    private static Acquire acquire(long askedMillis, long endedMillis, Acquire.End end) {
        return new Acquire("shop/main", 0, askedMillis * MILLI, endedMillis * MILLI, end);
    }

    @Test
    void whoAskedLaterAndWasServedWhileTheOtherStillWaitedOvertook() {
        Acquire first = acquire(0, 500, Acquire.End.SERVED);
        Acquire second = acquire(100, 300, Acquire.End.SERVED);
        assertThat(Waits.overtakers(List.of(second, first))).containsExactly(second);
    }

    @Test
    void whoIsOvertakenMayAlsoHaveWaitedInVain() {
        Acquire refused = acquire(0, 2000, Acquire.End.REFUSED);
        Acquire served = acquire(100, 1500, Acquire.End.SERVED);
        assertThat(Waits.overtakers(List.of(refused, served))).containsExactly(served);
    }

    @Test
    void momentsThatABusyMachineCannotTellApartAreNoOvertaking() {
        Acquire first = acquire(0, 310, Acquire.End.SERVED);
        Acquire second = acquire(15, 300, Acquire.End.SERVED);
        Acquire third = acquire(100, 295, Acquire.End.SERVED);
        assertThat(Waits.overtakers(List.of(first, second, third))).isEmpty();
    }

    @Test
    void theSameAsLookingAtEveryPair() {
        long seed = Long.getLong("poolwright.seed", 7);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Acquire> acquires = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                long asked = random.nextInt(1000);
                Acquire.End end = List.of(Acquire.End.SERVED, Acquire.End.REFUSED, Acquire.End.OTHER)
                        .get(random.nextInt(3));
                acquires.add(acquire(asked, asked + random.nextInt(400), end));
            }
            long apart = Waits.TOLD_APART_NANOS;
            List<Acquire> expected = acquires.stream()
                    .filter(one -> one.end() == Acquire.End.SERVED)
                    .filter(one -> acquires.stream()
                            .anyMatch(other -> other.askedNanos() < one.askedNanos() - apart
                                    && other.endedNanos() > one.endedNanos() + apart))
                    .toList();
            assertThat(Waits.overtakers(acquires))
                    .as("seed %d, round %d", seed, round)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void refusalsAreCountedWithTheirShortestAndLongestWait() {
        Waits waits = new Waits(List.of("shop/main"), 1000 * MILLI, 3);
        waits.note(
                new NoInstance(),
                1,
                List.of(acquire(0, 900, Acquire.End.REFUSED), acquire(100, 950, Acquire.End.REFUSED)));
        assertThat(values(waits, "refused")).containsExactly(2L, 0L, 0L);
        assertThat(values(waits, "refused_least")).containsExactly(850 * MILLI, 0L, 0L);
        assertThat(values(waits, "refused_most")).containsExactly(900 * MILLI, 0L, 0L);
    }

    private static List<Long> values(Waits waits, String what) {
        return waits.series().stream()
                .filter(series -> series.name().equals("pool/shop/main/" + what))
                .map(Series::values)
                .findFirst()
                .orElseThrow();
    }

    private static final class NoInstance implements Instance {
        @Override
        public void execute(Operation operation, java.util.function.Consumer<Ended> done) {
            throw new IllegalStateException("executes nothing");
        }

        @Override
        public java.util.Map<String, dev.poolwright.lab.subject.Counts> counts() {
            return java.util.Map.of();
        }

        @Override
        public void close() {}
    }
}
