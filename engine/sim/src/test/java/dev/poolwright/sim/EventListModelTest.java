package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random operations against a naive model. Replay with {@code -Dpoolwright.seed=N}, printed when it fails. */
class EventListModelTest {

    private static final int ROUNDS = 200;
    private static final int OPERATIONS = 2_000;

    private record Event(long time, long sequence, Opcode opcode, int id, int generation) {}

    @Test
    void eventsComeInOrderOfTimeAndThenOfTheirAdding() {
        long seed = Long.getLong("poolwright.seed", 20261121L);
        for (int round = 0; round < ROUNDS; round++) {
            round(seed + round);
        }
    }

    private static void round(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PriorityQueue<Event> model =
                new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence));
        EventList list = new EventList();
        Opcode[] opcodes = Opcode.values();
        int adds = 1 + random.nextInt(9);
        for (int step = 0; step < OPERATIONS; step++) {
            if (random.nextInt(10) < adds) {
                Event event = new Event(
                        random.nextLong(1 + random.nextInt(50)),
                        step,
                        opcodes[random.nextInt(opcodes.length)],
                        random.nextInt(Integer.MAX_VALUE),
                        random.nextInt());
                model.add(event);
                list.add(event.time(), event.opcode(), event.id(), event.generation());
            } else {
                Event expected = model.poll();
                assertThat(list.next()).as("seed %d step %d", seed, step).isEqualTo(expected != null);
                if (expected != null) {
                    assertThat(new Event(list.time(), expected.sequence(), list.opcode(), list.id(), list.generation()))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(expected);
                }
            }
            assertThat(list.size()).isEqualTo(model.size());
        }
    }
}
