package dev.poolwright.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.policy.admission.Admission;
import dev.poolwright.policy.admission.AdmissionSettings;
import dev.poolwright.policy.admission.Discipline;
import dev.poolwright.policy.admission.Rule;
import dev.poolwright.policy.admission.Shares;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every order in which callers of the real gate can take their steps. A step is what no other thread can come between: one
 * compare-and-set of the word, one section under the lock, or one look at a waiter's answer; so the orders of steps are all
 * the schedules there are. That a fast path fails although it could succeed, which threads can see of each other in the
 * middle of a section, is a choice of its own.
 */
class GateSchedulesTest {

    private static final int MOST_SCHEDULES = 2_000_000;

    @Test
    void waiterThatTimesOutWhileAConnectionIsGivenBackLosesNoPermitInAnySchedule() {
        assertThat(explore(1, 1, 1, false)).isEqualTo(8);
        assertThat(explore(1, 1, 1, true)).isGreaterThan(8);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2, true, 82976", "1, 1, 2, false, 2794", "2, 2, 2, false, 171524", "1, 0, 3, false, 8382"})
    void noScheduleLosesOrDoublesAPermitOrLeavesAWaiterThatCouldGoOn(
            int limit, int holders, int borrowers, boolean skipping, long schedules) {
        assertThat(explore(limit, holders, borrowers, skipping)).isEqualTo(schedules);
    }

    @Test
    void explorerFindsAGateThatForgetsToAskWhetherTheWaitWasGranted() {
        List<String> broken = new ArrayList<>();
        new Explorer(1, 1, 1, false, true).all(broken);
        assertThat(broken).isNotEmpty();
    }

    private static long explore(int limit, int holders, int borrowers, boolean skipping) {
        List<String> broken = new ArrayList<>();
        long schedules = new Explorer(limit, holders, borrowers, skipping, false).all(broken);
        assertThat(broken).isEmpty();
        assertThat(schedules).as("explored to the end").isLessThan(MOST_SCHEDULES);
        return schedules;
    }

    /** Depth first over all choices: each run takes a recorded beginning and the first choice from there on. */
    private record Explorer(int limit, int holders, int borrowers, boolean skipping, boolean forgetful) {

        long all(List<String> broken) {
            List<int[]> path = new ArrayList<>();
            long schedules = 0;
            do {
                schedules++;
                String wrong = run(path);
                if (wrong != null) {
                    broken.add(wrong + " after "
                            + path.stream().map(c -> c[0] + "/" + c[1]).toList());
                }
            } while (advance(path) && broken.isEmpty() && schedules < MOST_SCHEDULES);
            return schedules;
        }

        private static boolean advance(List<int[]> path) {
            for (int last = path.size() - 1; last >= 0; last--) {
                int[] choice = path.get(last);
                if (choice[0] + 1 < choice[1]) {
                    choice[0]++;
                    return true;
                }
                path.remove(last);
            }
            return false;
        }

        private @Nullable String run(List<int[]> path) {
            Choices choices = new Choices(path);
            Gate gate = new Gate(
                    new Gate.Rules(
                            new AdmissionSettings(limit, Shares.of(), List.of(5), 8, Discipline.FIFO, 0),
                            Rule.all(),
                            0),
                    () -> 0);
            List<Actor> actors = new ArrayList<>();
            IntStream.range(0, holders).forEach(i -> actors.add(new Actor(gate, true, forgetful)));
            IntStream.range(0, borrowers).forEach(i -> actors.add(new Actor(gate, false, forgetful)));
            for (int steps = 0; steps < 1_000; steps++) {
                List<Actor> ready = actors.stream().filter(a -> !a.done()).toList();
                if (ready.isEmpty()) {
                    return gate.inUse() == 0 && gate.waiting() == 0
                            ? null
                            : "at the end in use = " + gate.inUse() + ", waiting = " + gate.waiting();
                }
                Actor next = ready.get(choices.choose(ready.size()));
                next.step(skipping && next.mayFailToTry() && choices.choose(2) == 1);
                int holding = (int) actors.stream().filter(Actor::holds).count();
                if (gate.inUse() > limit || holding > gate.inUse()) {
                    return "holding = " + holding + ", in use = " + gate.inUse();
                }
                if (gate.waiting() > 0 && gate.inUse() < limit) {
                    return "waiting = " + gate.waiting() + " while in use = " + gate.inUse();
                }
            }
            return "no end";
        }
    }

    /** The choices of one run: those recorded, then the first of each. */
    private static final class Choices {
        private final List<int[]> path;
        private int at;

        Choices(List<int[]> path) {
            this.path = path;
        }

        int choose(int of) {
            if (at == path.size()) {
                path.add(new int[] {0, of});
            }
            return path.get(at++)[0];
        }
    }

    /** One caller: tries, asks, looks once, times out, and gives back what it got. A holder begins at giving back. */
    private static final class Actor {
        private enum At {
            TRY,
            ASK,
            LOOK,
            TIME_OUT,
            TRY_EXIT,
            HAND_OVER,
            DONE
        }

        private final Gate gate;
        private final boolean forgetful;
        private At at;
        private @Nullable Waiter waiter;

        Actor(Gate gate, boolean holder, boolean forgetful) {
            this.gate = gate;
            this.forgetful = forgetful;
            this.at = holder && gate.tryEnter(0) ? At.TRY_EXIT : At.TRY;
        }

        boolean done() {
            return at == At.DONE;
        }

        boolean holds() {
            return at == At.TRY_EXIT || at == At.HAND_OVER;
        }

        boolean mayFailToTry() {
            return at == At.TRY || at == At.TRY_EXIT;
        }

        void step(boolean failToTry) {
            Waiter mine = waiter;
            switch (at) {
                case TRY -> at = !failToTry && gate.tryEnter(0) ? At.TRY_EXIT : At.ASK;
                case ASK -> {
                    waiter = gate.ask(0, Admission.NEVER, 0);
                    at = At.LOOK;
                }
                case LOOK -> {
                    long answer = mine == null ? Waiter.STILL_WAITING : mine.answer();
                    boolean waits = answer == Waiter.STILL_WAITING;
                    at = waits ? At.TIME_OUT : answer == Admission.ADMITTED ? At.TRY_EXIT : At.DONE;
                }
                case TIME_OUT -> {
                    long answer = mine == null ? Gate.GAVE_UP : gate.leave(mine, Gate.GAVE_UP);
                    // What Failsafe's bulkhead once did (its issue 393): the time is over, whatever was granted.
                    at = answer == Admission.ADMITTED && !forgetful ? At.TRY_EXIT : At.DONE;
                }
                case TRY_EXIT -> at = !failToTry && gate.tryExit(0) ? At.DONE : At.HAND_OVER;
                case HAND_OVER -> {
                    gate.handOver(0);
                    at = At.DONE;
                }
                case DONE -> throw new IllegalStateException("done");
            }
        }
    }
}
