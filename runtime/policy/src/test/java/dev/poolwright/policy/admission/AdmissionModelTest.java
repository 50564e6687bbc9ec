package dev.poolwright.policy.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random operations against a naive model. Replay with {@code -Dpoolwright.seed=N}, printed when it fails. */
class AdmissionModelTest {

    private static final int ROUNDS = 2_500;
    private static final int OPERATIONS = 400;

    @Test
    void admissionAnswersAsTheNaiveModelDoesInAMillionRandomOperations() {
        long seed = Long.getLong("poolwright.seed", 20261121L);
        for (int round = 0; round < ROUNDS; round++) {
            new Round(seed + round).run();
        }
    }

    /** One who waits, in the naive model. */
    private record Waiter(long ticket, long since, long deadline, int callerClass, int held, boolean nested) {}

    /** The decision written down naively: lists that are searched, nothing kept that can be counted. */
    private static final class Model {
        final List<Waiter> waiting = new ArrayList<>();
        final Map<Long, Long> ended = new HashMap<>();
        final int[] inUse = new int[Shares.CLASSES];
        int limit;
        int[] reserved = {};
        List<Integer> waiters = List.of();
        int slots;
        int needHolds;
        long hold;
        int enforced;

        int total() {
            return inUse[0] + inUse[1] + inUse[2] + inUse[3];
        }

        boolean mayTake(int callerClass, boolean nested) {
            int free = limit - total();
            if (nested || free <= 0) {
                return free > 0;
            }
            int sum = 0;
            int keep = 0;
            for (int other = 0; other < Shares.CLASSES; other++) {
                sum += reserved[other];
                keep += other == callerClass ? 0 : Math.max(0, reserved[other] - inUse[other]);
            }
            return sum >= limit || inUse[callerClass] < reserved[callerClass] || free - 1 >= keep;
        }

        long heldByWaiting() {
            return waiting.stream().mapToLong(Waiter::held).sum();
        }

        long nested() {
            return waiting.stream().filter(w -> w.nested).count();
        }

        boolean on(Rule rule) {
            return (enforced & rule.bit()) != 0;
        }

        boolean late(long now, long deadline, long wait) {
            return deadline != Admission.NEVER && (deadline <= now || deadline - now < wait + needHolds * hold);
        }

        /** The answer; 0 stands for any ticket. */
        long ask(long now, int callerClass, long deadline, int held) {
            boolean nested = held > 0 && on(Rule.NESTED);
            if (mayTake(callerClass, nested)) {
                inUse[callerClass]++;
                return Admission.ADMITTED;
            }
            if (held > 0 && on(Rule.NESTED) && heldByWaiting() + held >= total()) {
                return Admission.REFUSED_NESTED;
            }
            long inLine = waiting.stream()
                    .filter(w -> !w.nested && w.callerClass == callerClass)
                    .count();
            if (!nested && on(Rule.WAITERS) && inLine >= waiters.get(callerClass)) {
                return Admission.REFUSED_WAITERS;
            }
            long ahead = nested ? nested() : waiting.size();
            if (on(Rule.DEADLINE) && late(now, deadline, (long) ((ahead + 1.0) * hold / limit))) {
                return Admission.REFUSED_DEADLINE;
            }
            if (waiting.size() == slots) {
                return on(Rule.WAITERS) ? Admission.REFUSED_WAITERS : Admission.NOT_QUEUED;
            }
            return 0;
        }

        void serve(long now) {
            for (boolean again = true; again; ) {
                again = false;
                List<Waiter> inOrder =
                        new ArrayList<>(waiting.stream().filter(w -> w.nested).toList());
                inOrder.addAll(waiting.stream().filter(w -> !w.nested).toList());
                for (Waiter w : inOrder) {
                    if (mayTake(w.callerClass, w.nested)) {
                        waiting.remove(w);
                        boolean dropped = on(Rule.DEADLINE) && late(now, w.deadline, 0);
                        ended.put(w.ticket, dropped ? Admission.REFUSED_DEADLINE : Admission.ADMITTED);
                        inUse[w.callerClass] += dropped ? 0 : 1;
                        again = true;
                        break;
                    }
                }
            }
            while (on(Rule.NESTED) && nested() > 0 && heldByWaiting() >= total()) {
                Waiter newest = waiting.stream()
                        .filter(w -> w.nested)
                        .reduce((a, b) -> b)
                        .orElseThrow();
                waiting.remove(newest);
                ended.put(newest.ticket, Admission.REFUSED_NESTED);
            }
        }
    }

    private static final class Round {
        private final long seed;
        private final SplittableRandom random;
        private final Model model = new Model();
        private final Admission admission;
        private long now;
        private int step;

        Round(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            model.slots = 1 + random.nextInt(12);
            AdmissionSettings settings = settings();
            this.admission = new Admission(settings, model.enforced, 0);
        }

        private AdmissionSettings settings() {
            model.limit = 1 + random.nextInt(6);
            model.reserved = new int[] {random.nextInt(2), random.nextInt(3), 0, 0};
            model.waiters = List.of(random.nextInt(5), random.nextInt(5), random.nextInt(5), random.nextInt(5));
            model.needHolds = random.nextInt(4);
            model.enforced = random.nextInt(Rule.all() + 1);
            return new AdmissionSettings(
                    model.limit,
                    Shares.of(model.reserved),
                    model.waiters,
                    model.slots,
                    Discipline.FIFO,
                    model.needHolds);
        }

        void run() {
            for (step = 0; step < OPERATIONS; step++) {
                now += random.nextInt(3) == 0 ? random.nextInt(20) : 0;
                operate();
                compare();
            }
        }

        private void operate() {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5, 6, 7 -> ask();
                case 8, 9, 10, 11, 12, 13 -> giveBack();
                case 14, 15, 16 -> leave();
                case 17 -> {
                    model.hold = random.nextInt(10);
                    admission.expectHold(model.hold);
                }
                case 18 -> {
                    model.limit = 1 + random.nextInt(6);
                    admission.limit(now, model.limit);
                    model.serve(now);
                }
                default -> rare();
            }
        }

        private void ask() {
            int callerClass = random.nextInt(Shares.CLASSES);
            int held = random.nextInt(5) == 0 && model.total() > 0 ? 1 : 0;
            long deadline = random.nextInt(3) == 0 ? Admission.NEVER : now + random.nextInt(60);
            long expected = model.ask(now, callerClass, deadline, held);
            long answer = admission.ask(now, callerClass, deadline, held);
            if (expected != 0) {
                assertThat(answer).as(where()).isEqualTo(expected);
                return;
            }
            assertThat(answer).as(where()).isNotNegative();
            assertThat(model.waiting).as(where()).noneMatch(w -> w.ticket == answer);
            model.waiting.add(new Waiter(answer, now, deadline, callerClass, held, held > 0 && model.on(Rule.NESTED)));
        }

        private void giveBack() {
            int callerClass = random.nextInt(Shares.CLASSES);
            if (model.inUse[callerClass] > 0) {
                model.inUse[callerClass]--;
                admission.giveBack(now, callerClass);
                model.serve(now);
            }
        }

        private void leave() {
            boolean waits = !model.waiting.isEmpty() && random.nextInt(4) > 0;
            long ticket =
                    waits ? model.waiting.get(random.nextInt(model.waiting.size())).ticket : random.nextInt(1 << 20);
            boolean inModel = model.waiting.removeIf(w -> w.ticket == ticket);
            assertThat(admission.leave(now, ticket)).as(where()).isEqualTo(inModel);
            if (inModel) {
                model.serve(now);
            }
        }

        private void rare() {
            if (random.nextInt(8) == 0) {
                AdmissionSettings settings = settings();
                admission.change(now, settings, model.enforced, 0);
                model.serve(now);
            } else if (random.nextInt(8) == 0) {
                admission.grantAll();
                for (Waiter w : model.waiting) {
                    model.ended.put(w.ticket, Admission.ADMITTED);
                    model.inUse[w.callerClass]++;
                }
                model.waiting.clear();
            }
        }

        private void compare() {
            Map<Long, Long> ended = new HashMap<>();
            for (long ticket = admission.poll(); ticket != Admission.NONE; ticket = admission.poll()) {
                assertThat(ended.put(ticket, admission.polledHow())).as(where()).isNull();
            }
            assertThat(ended).as(where()).isEqualTo(model.ended);
            model.ended.clear();
            assertThat(admission.waiting()).as(where()).isEqualTo(model.waiting.size());
            for (int i = 0; i < Shares.CLASSES; i++) {
                if (Shares.inUse(admission.counts(), i) != model.inUse[i]) {
                    assertThat(Shares.inUse(admission.counts(), i)).as(where()).isEqualTo(model.inUse[i]);
                }
            }
        }

        private String where() {
            return "seed " + seed + " step " + step + " now " + now;
        }
    }
}
