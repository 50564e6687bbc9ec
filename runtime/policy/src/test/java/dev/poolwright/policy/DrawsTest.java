package dev.poolwright.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrawsTest {

    private static final int MANY = 200_000;

    @Test
    void aDrawIsTheSameWhateverTheOrderOfAsking() {
        Draws.Stream one = Draws.of(7).stream("backend/chat", "arrival");
        Draws.Stream two = Draws.of(7).stream("backend/chat", "arrival");
        double late = one.uniform(99);
        one.uniform(0);
        assertThat(two.uniform(99)).isEqualTo(late);
    }

    @Test
    void seedEntityAndPurposeEachChangeTheDraw() {
        double base = Draws.of(7).stream("a", "b").uniform(0);
        assertThat(Draws.of(8).stream("a", "b").uniform(0)).isNotEqualTo(base);
        assertThat(Draws.of(7).stream("ab", "").uniform(0)).isNotEqualTo(base);
        assertThat(Draws.of(7).stream("a", "c").uniform(0)).isNotEqualTo(base);
    }

    @Test
    void theBitsAreTheSameOnEveryMachine() {
        Draws.Stream stream = Draws.of(1).stream("server", "hold");
        assertThat(stream.bits(0)).isEqualTo(6414141419771205332L);
        assertThat(Double.doubleToLongBits(stream.exponential(3))).isEqualTo(4606018851353090936L);
    }

    @Test
    void theMomentsAreThoseOfTheDistributions() {
        Draws.Stream stream = Draws.of(42).stream("moments", "test");
        double exponential = 0;
        double normal = 0;
        double square = 0;
        for (int i = 0; i < MANY; i++) {
            exponential += stream.exponential(i);
            double z = stream.normal(i);
            normal += z;
            square += z * z;
        }
        assertThat(exponential / MANY).isCloseTo(1, within(0.01));
        assertThat(normal / MANY).isCloseTo(0, within(0.01));
        assertThat(square / MANY).isCloseTo(1, within(0.02));
    }
}
