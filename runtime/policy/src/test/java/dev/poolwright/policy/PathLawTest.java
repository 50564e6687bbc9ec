package dev.poolwright.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathLawTest {

    private static final long LATENCY = 1;
    private static final long DELAY = 30;
    private static final long STRESS = 10;

    private static PathLaw law(int connections, int maximum, int waiters) {
        return new PathLaw(new PathSettings(connections, maximum, LATENCY, DELAY, STRESS, waiters));
    }

    /** Each admission as "id@moment". */
    private static List<String> admitted(PathLaw law) {
        List<String> all = new ArrayList<>();
        for (long id = law.pollAdmitted(); id != PathLaw.NONE; id = law.pollAdmitted()) {
            all.add(id + "@" + law.establishedAt());
        }
        return all;
    }

    @Test
    void thirdConnectWaitsAtACapOfTwoAndGetsTheSlotOfTheFirstThatCloses() {
        PathLaw law = law(2, 2, 8);
        assertThat(law.ask(0, 1)).isEqualTo(1);
        assertThat(law.ask(5, 2)).isEqualTo(6);
        assertThat(law.ask(6, 3)).isEqualTo(PathLaw.WAITING);
        assertThat(law.stressed()).isTrue();
        assertThat(law.nextChange()).isEqualTo(PathLaw.NEVER);
        law.release(20);
        assertThat(admitted(law)).containsExactly("3@21");
        assertThat(law.stressed()).isFalse();
        assertThat(law.open()).isEqualTo(2);
    }

    @Test
    void slotGrantedUnderStressCostsTheStressLatency() {
        PathLaw law = law(1, 1, 8);
        law.ask(0, 1);
        law.ask(0, 2);
        law.ask(0, 3);
        law.release(10);
        assertThat(admitted(law)).containsExactly("2@21");
        law.release(40);
        assertThat(admitted(law)).containsExactly("3@41");
    }

    @Test
    void scaleOutBeginsWithTheDemandAndTheNextFollowsAtOnceWhileDemandExceeds() {
        PathLaw law = law(2, 5, 8);
        for (int id = 1; id <= 7; id++) {
            law.ask(4, id);
        }
        assertThat(law.nextChange()).isEqualTo(34);
        law.advance(33);
        assertThat(law.capacity()).isEqualTo(2);
        law.advance(34);
        assertThat(admitted(law)).containsExactly("3@45", "4@45");
        assertThat(law.nextChange()).isEqualTo(64);
        law.advance(1_000);
        assertThat(admitted(law)).containsExactly("5@75");
        assertThat(law.capacity()).isEqualTo(5);
        assertThat(law.waiting()).isEqualTo(2);
        assertThat(law.nextChange()).isEqualTo(PathLaw.NEVER);
    }

    @Test
    void lateAdvanceAppliesEachScaleOutAtItsOwnMoment() {
        PathLaw law = law(1, 3, 8);
        law.ask(0, 1);
        law.ask(0, 2);
        law.ask(0, 3);
        law.advance(500);
        assertThat(admitted(law)).containsExactly("2@41", "3@61");
    }

    @Test
    void pathNeverScalesInAndAPendingScaleOutOutlivesItsDemand() {
        PathLaw law = law(1, 2, 8);
        law.ask(0, 1);
        law.ask(0, 2);
        assertThat(law.leave(1, 2)).isTrue();
        law.release(2);
        law.advance(30);
        assertThat(law.capacity()).isEqualTo(2);
        law.advance(1_000_000);
        assertThat(law.capacity()).isEqualTo(2);
    }

    @Test
    void connectBeyondTheWaitersIsRefusedAndStillStartsAScaleOut() {
        PathLaw law = law(1, 2, 0);
        law.ask(0, 1);
        assertThat(law.ask(3, 2)).isEqualTo(PathLaw.REFUSED);
        assertThat(law.nextChange()).isEqualTo(33);
        assertThat(law.ask(33, 3)).isEqualTo(34);
    }

    @Test
    void waiterThatLeavesAtTheMomentOfAReleaseNeverTakesTheSlotWithIt() {
        PathLaw leavesFirst = law(1, 1, 8);
        leavesFirst.ask(0, 1);
        leavesFirst.ask(0, 2);
        leavesFirst.ask(0, 3);
        assertThat(leavesFirst.leave(9, 2)).isTrue();
        leavesFirst.release(9);
        assertThat(admitted(leavesFirst)).containsExactly("3@10");

        PathLaw releasedFirst = law(1, 1, 8);
        releasedFirst.ask(0, 1);
        releasedFirst.ask(0, 2);
        releasedFirst.ask(0, 3);
        releasedFirst.release(9);
        assertThat(admitted(releasedFirst)).containsExactly("2@20");
        assertThat(releasedFirst.leave(9, 2))
                .as("it was admitted, so the slot is its own")
                .isFalse();
        releasedFirst.release(9);
        assertThat(admitted(releasedFirst)).containsExactly("3@10");
        assertThat(releasedFirst.open()).isEqualTo(1);
    }

    @Test
    void capLowersCapacityCancelsTheScaleOutAndKeepsWhatIsOpen() {
        PathLaw law = law(3, 6, 8);
        law.ask(0, 1);
        law.ask(0, 2);
        law.ask(0, 3);
        law.ask(0, 4);
        assertThat(law.nextChange()).isEqualTo(30);
        law.cap(1, 1, 100);
        assertThat(law.nextChange()).isEqualTo(PathLaw.NEVER);
        assertThat(law.open()).isEqualTo(3);
        law.release(2);
        law.release(3);
        assertThat(admitted(law)).as("1 is open at a capacity of 1").isEmpty();
        law.release(4);
        assertThat(admitted(law)).containsExactly("4@5");
        assertThat(law.ask(5, 5)).isEqualTo(PathLaw.WAITING);
        law.uncap(10);
        assertThat(law.nextChange()).as("the delay given by the cap").isEqualTo(110);
        law.advance(110);
        assertThat(law.capacity()).isEqualTo(4);
        assertThat(admitted(law)).containsExactly("5@111");
    }

    @Test
    void unlimitedPathAdmitsAtOnceAndCanStillBeCapped() {
        PathLaw law = new PathLaw(PathSettings.unlimited());
        assertThat(law.ask(7, 1)).isEqualTo(7);
        law.cap(8, 1, 30);
        assertThat(law.ask(8, 2)).isEqualTo(PathLaw.WAITING);
        law.uncap(9);
        law.advance(39);
        assertThat(admitted(law)).containsExactly("2@39");
        assertThat(law.capacity()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void unreadAdmissionsTimeRunningBackwardsAndStrayReleasesAreRefused() {
        PathLaw law = law(1, 1, 8);
        assertThatThrownBy(() -> law.release(0)).isInstanceOf(IllegalStateException.class);
        law.ask(5, 1);
        assertThatThrownBy(() -> law.advance(4)).hasMessageContaining("4 ns lies before the last moment told, 5 ns");
        assertThatThrownBy(() -> law.ask(5, -1)).hasMessageContaining("id = -1");
        law.ask(5, 2);
        law.release(6);
        assertThatThrownBy(() -> law.advance(6)).hasMessageContaining("1 newly admitted have not been read");
    }

    @Test
    void settingsOutOfRangeAreNamedWithTheirValue() {
        assertThatThrownBy(() -> new PathSettings(0, 1, 0, 0, 0, 0)).hasMessageContaining("connections = 0");
        assertThatThrownBy(() -> new PathSettings(5, 4, 0, 0, 0, 0)).hasMessageContaining("connectionsMaximum = 4");
        assertThatThrownBy(() -> new PathSettings(1, 1, -1, 0, 0, 0)).hasMessageContaining("latencyNanos = -1");
        assertThatThrownBy(() -> new PathSettings(1, 1, 0, 0, 0, 1 << 21))
                .hasMessageContaining("waitersMaximum = 2097152");
    }
}
