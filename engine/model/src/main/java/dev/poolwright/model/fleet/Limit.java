package dev.poolwright.model.fleet;

/** A bound on a number of things: so many at most, or none. There is no number that means "unlimited". */
public sealed interface Limit permits Limit.AtMost, Limit.Unlimited {

    static Limit atMost(long count) {
        return new AtMost(count);
    }

    static Limit unlimited() {
        return new Unlimited();
    }

    /** The bound; {@code Long.MAX_VALUE} where there is none. */
    long count();

    default boolean bounded() {
        return count() != Long.MAX_VALUE;
    }

    default Limit plus(Limit other) {
        return bounded() && other.bounded() ? atMost(Math.addExact(count(), other.count())) : unlimited();
    }

    default Limit times(long factor) {
        return bounded() ? atMost(Math.multiplyExact(count(), factor)) : unlimited();
    }

    default Limit least(Limit other) {
        return count() <= other.count() ? this : other;
    }

    /** At most so many; zero allows none. */
    record AtMost(long count) implements Limit {
        public AtMost {
            if (count < 0 || count == Long.MAX_VALUE) {
                throw new IllegalArgumentException("count = " + count + ": must be from 0; no bound is Unlimited");
            }
        }

        @Override
        public String toString() {
            return Long.toString(count);
        }
    }

    /** No bound. */
    record Unlimited() implements Limit {
        @Override
        public long count() {
            return Long.MAX_VALUE;
        }

        @Override
        public String toString() {
            return "unlimited";
        }
    }
}
