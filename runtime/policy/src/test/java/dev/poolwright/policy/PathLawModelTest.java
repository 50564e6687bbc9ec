package dev.poolwright.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random operations against a naive model. Replay with {@code -Dpoolwright.seed=N}, printed when it fails. */
class PathLawModelTest {

    private static final int ROUNDS = 400;
    private static final int OPERATIONS = 300;

    @Test
    void lawAnswersAsTheNaiveModelDoesUnderRandomOperations() {
        long seed = Long.getLong("poolwright.seed", 20261121L);
        for (int round = 0; round < ROUNDS; round++) {
            new Round(seed + round).run();
        }
    }

    /** The law written down naively: lists, a unit at a time, nothing kept that can be counted. */
    private static final class Model {
        final PathSettings s;
        final List<Long> waiting = new ArrayList<>();
        final List<String> admitted = new ArrayList<>();
        int open;
        long capacity;
        boolean capped;
        long delay;
        long due = PathLaw.NEVER;

        Model(PathSettings s) {
            this.s = s;
            capacity = s.connections();
            delay = s.scaleOutDelayNanos();
        }

        void until(long now) {
            while (due <= now) {
                long at = due;
                capacity = Math.min(s.connectionsMaximum(), Math.max(s.connections(), capacity + s.connections()));
                due = PathLaw.NEVER;
                grant(at);
                demand(at, open + waiting.size());
            }
        }

        void demand(long now, int demand) {
            if (demand > capacity && capacity < s.connectionsMaximum() && !capped && due == PathLaw.NEVER) {
                due = now + delay;
            }
        }

        void grant(long at) {
            while (!waiting.isEmpty() && open < capacity) {
                boolean stress = open + waiting.size() > capacity;
                open++;
                admitted.add(waiting.remove(0) + "@" + (at + s.latencyNanos() + (stress ? s.stressLatencyNanos() : 0)));
            }
        }

        long ask(long now, long id) {
            until(now);
            int demand = open + waiting.size() + 1;
            if (waiting.isEmpty() && open < capacity) {
                open++;
                return now + s.latencyNanos();
            }
            boolean room = waiting.size() < s.waitersMaximum();
            if (room) {
                waiting.add(id);
            }
            demand(now, demand);
            return room ? PathLaw.WAITING : PathLaw.REFUSED;
        }
    }

    private static final class Round {
        private final long seed;
        private final SplittableRandom random;
        private final Model model;
        private final PathLaw law;
        private final Set<Long> ever = new HashSet<>();
        private final List<Long> asked = new ArrayList<>();
        private long now;
        private long nextId;
        private boolean justCapped;

        Round(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            int connections = 1 + random.nextInt(5);
            PathSettings settings = new PathSettings(
                    connections,
                    connections + random.nextInt(12),
                    random.nextInt(4),
                    random.nextInt(40),
                    random.nextInt(20),
                    random.nextInt(12));
            this.model = new Model(settings);
            this.law = new PathLaw(settings);
        }

        void run() {
            for (int step = 0; step < OPERATIONS; step++) {
                now += random.nextInt(3) == 0 ? random.nextInt(25) : 0;
                int openBefore = law.open();
                justCapped = false;
                operate();
                compare(step);
                if (!justCapped) {
                    assertThat(law.open()).as(where(step)).isLessThanOrEqualTo(Math.max(law.capacity(), openBefore));
                }
            }
        }

        private void operate() {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> {
                    long id = nextId++;
                    long answer = law.ask(now, id);
                    assertThat(answer).as(where(-1)).isEqualTo(model.ask(now, id));
                    if (answer == PathLaw.WAITING) {
                        asked.add(id);
                    } else if (answer >= 0) {
                        ever.add(id);
                    }
                }
                case 4, 5 -> {
                    if (law.open() > 0) {
                        law.release(now);
                        model.until(now);
                        model.open--;
                        model.grant(now);
                    }
                }
                case 6 -> {
                    if (!asked.isEmpty()) {
                        Long id = asked.get(random.nextInt(asked.size()));
                        boolean left = law.leave(now, id);
                        model.until(now);
                        assertThat(left).as(where(-1)).isEqualTo(model.waiting.remove(id));
                    }
                }
                case 7 -> {
                    law.advance(now);
                    model.until(now);
                }
                case 8 -> {
                    if (random.nextInt(4) == 0) {
                        int connections = 1 + random.nextInt(6);
                        long delay = random.nextInt(30);
                        law.cap(now, connections, delay);
                        model.until(now);
                        model.capped = true;
                        model.capacity = Math.min(model.capacity, connections);
                        model.delay = delay;
                        model.due = PathLaw.NEVER;
                        justCapped = true;
                    }
                }
                default -> {
                    law.uncap(now);
                    model.until(now);
                    if (model.capped) {
                        model.capped = false;
                        model.demand(now, model.open + model.waiting.size());
                    }
                }
            }
        }

        private void compare(int step) {
            List<String> admitted = new ArrayList<>();
            for (long id = law.pollAdmitted(); id != PathLaw.NONE; id = law.pollAdmitted()) {
                admitted.add(id + "@" + law.establishedAt());
                assertThat(ever.add(id))
                        .as(where(step) + ": id " + id + " admitted twice")
                        .isTrue();
            }
            assertThat(admitted).as(where(step)).isEqualTo(model.admitted);
            model.admitted.clear();
            assertThat(new long[] {law.open(), law.waiting(), law.capacity(), law.nextChange()})
                    .as(where(step))
                    .containsExactly(model.open, model.waiting.size(), model.capacity, model.due);
            assertThat(law.stressed()).as(where(step)).isEqualTo(model.open + model.waiting.size() > model.capacity);
        }

        private String where(int step) {
            return "seed " + seed + " step " + step + " now " + now;
        }
    }
}
