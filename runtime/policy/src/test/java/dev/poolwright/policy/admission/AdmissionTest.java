package dev.poolwright.policy.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final long MS = 1_000_000;

    private static Admission admission(int limit, int waiters, Discipline discipline) {
        return new Admission(
                new AdmissionSettings(limit, Shares.of(), List.of(waiters, waiters), 100, discipline, 3),
                Rule.all(),
                0);
    }

    @Test
    void connectionGivenBackGoesToTheOneThatWaitedLongest() {
        Admission admission = admission(1, 5, Discipline.FIFO);
        assertThat(admission.ask(0, 0, Admission.NEVER, 0)).isEqualTo(Admission.ADMITTED);
        long first = admission.ask(1, 0, Admission.NEVER, 0);
        admission.ask(2, 0, Admission.NEVER, 0);
        admission.giveBack(3, 0);
        assertThat(admission.poll()).isEqualTo(first);
        assertThat(admission.polledHow()).isEqualTo(Admission.ADMITTED);
        assertThat(admission.poll()).isEqualTo(Admission.NONE);
        assertThat(admission.leave(4, first)).isFalse();
    }

    @Test
    void waiterThatLeavesUsesNoConnection() {
        Admission admission = admission(1, 5, Discipline.FIFO);
        admission.ask(0, 0, Admission.NEVER, 0);
        long gone = admission.ask(1, 0, Admission.NEVER, 0);
        assertThat(admission.leave(2, gone)).isTrue();
        admission.giveBack(3, 0);
        assertThat(admission.poll()).isEqualTo(Admission.NONE);
        assertThat(admission.ask(4, 0, Admission.NEVER, 0)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void callerWithLessLeftThanThreeHoldsIsRefusedAtOnce() {
        Admission admission = admission(1, 5, Discipline.FIFO);
        admission.expectHold(20 * MS);
        admission.ask(0, 0, Admission.NEVER, 0);
        assertThat(admission.ask(0, 0, 79 * MS, 0)).isEqualTo(Admission.REFUSED_DEADLINE);
        assertThat(admission.ask(0, 0, 80 * MS, 0)).isNotNegative();
    }

    @Test
    void waiterIsDroppedWhenItsTurnComesTooLate() {
        Admission admission = admission(1, 5, Discipline.FIFO);
        admission.expectHold(20 * MS);
        admission.ask(0, 0, Admission.NEVER, 0);
        long late = admission.ask(0, 0, 100 * MS, 0);
        admission.giveBack(41 * MS, 0);
        assertThat(admission.poll()).isEqualTo(late);
        assertThat(admission.polledHow()).isEqualTo(Admission.REFUSED_DEADLINE);
        assertThat(admission.counts()).isZero();
    }

    @Test
    void nestedBorrowIsServedBeforeThoseThatCameFirst() {
        Admission admission = admission(2, 5, Discipline.FIFO);
        admission.ask(0, 0, Admission.NEVER, 0);
        admission.ask(0, 0, Admission.NEVER, 0);
        admission.ask(1, 0, Admission.NEVER, 0);
        long nested = admission.ask(2, 0, Admission.NEVER, 1);
        admission.giveBack(3, 0);
        assertThat(admission.poll()).isEqualTo(nested);
    }

    @Test
    void newestIsRefusedWhenEveryHolderWaits() {
        Admission admission = admission(2, 5, Discipline.FIFO);
        admission.ask(0, 0, Admission.NEVER, 0);
        admission.ask(0, 0, Admission.NEVER, 0);
        assertThat(admission.ask(1, 0, Admission.NEVER, 1)).isNotNegative();
        assertThat(admission.ask(2, 0, Admission.NEVER, 1)).isEqualTo(Admission.REFUSED_NESTED);
    }

    @Test
    void observedRuleCountsAndLetsWait() {
        Admission admission =
                new Admission(new AdmissionSettings(1, Shares.of(), List.of(0), 10, Discipline.FIFO, 3), 0, Rule.all());
        admission.ask(0, 0, Admission.NEVER, 0);
        assertThat(admission.ask(0, 0, Admission.NEVER, 0)).isNotNegative();
        assertThat(admission.wouldHaveRefused(Rule.WAITERS)).isEqualTo(1);
    }

    @Test
    void whatHasNoSlotIsNotQueuedWhenNothingRefusesIt() {
        Admission admission =
                new Admission(new AdmissionSettings(1, Shares.of(), List.of(0), 1, Discipline.FIFO, 3), 0, Rule.all());
        admission.ask(0, 0, Admission.NEVER, 0);
        admission.ask(0, 0, Admission.NEVER, 0);
        assertThat(admission.ask(0, 0, Admission.NEVER, 0)).isEqualTo(Admission.NOT_QUEUED);
    }

    @Test
    void standingQueueDropsThoseThatWaitedTooLong() {
        Admission admission = admission(1, 99, Discipline.CODEL);
        int dropped = overload(admission);
        assertThat(dropped).isPositive();
        assertThat(admission.queueStands()).isTrue();
    }

    @Test
    void adaptiveLifoServesTheNewestWhileAQueueStands() {
        Admission admission = admission(1, 99, Discipline.ADAPTIVE_LIFO);
        overload(admission);
        assertThat(admission.queueStands()).isTrue();
        long newest = admission.ask(1_000 * MS, 0, Admission.NEVER, 0);
        admission.giveBack(1_000 * MS, 0);
        assertThat(admission.poll()).isEqualTo(newest);
    }

    /** Two come for each one served, one every 10 ms. */
    private static int overload(Admission admission) {
        admission.ask(0, 0, Admission.NEVER, 0);
        int dropped = 0;
        for (long at = 10 * MS; at <= 900 * MS; at += 10 * MS) {
            admission.ask(at, 0, Admission.NEVER, 0);
            if (at % (20 * MS) == 0) {
                admission.giveBack(at, 0);
            }
            while (admission.poll() != Admission.NONE) {
                dropped += admission.polledHow() == Admission.REFUSED_STANDING ? 1 : 0;
            }
        }
        return dropped;
    }

    @Test
    void reserveIsFreeForItsClassWhateverOthersDo() {
        Admission admission = new Admission(
                new AdmissionSettings(5, Shares.of(0, 2), List.of(9, 9), 100, Discipline.FIFO, 3), Rule.all(), 0);
        for (int i = 0; i < 3; i++) {
            assertThat(admission.ask(0, 0, Admission.NEVER, 0)).isEqualTo(Admission.ADMITTED);
        }
        assertThat(admission.ask(0, 0, Admission.NEVER, 0)).isNotNegative();
        assertThat(admission.ask(0, 1, Admission.NEVER, 0)).isEqualTo(Admission.ADMITTED);
        assertThat(admission.ask(0, 1, Admission.NEVER, 0)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void giveBackWithoutAnAdmissionIsRefused() {
        assertThatThrownBy(() -> admission(1, 1, Discipline.FIFO).giveBack(0, 0))
                .hasMessageContaining("in use = 0");
    }

    @Test
    void badSettingSaysItsNameValueAndRange() {
        assertThatThrownBy(() -> new AdmissionSettings(0, Shares.of(), List.of(1), 1, Discipline.FIFO, 0))
                .hasMessage("limit = 0: must be between 1 and 32767");
    }
}
