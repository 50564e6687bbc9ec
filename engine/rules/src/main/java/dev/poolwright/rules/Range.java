package dev.poolwright.rules;

import dev.poolwright.model.fleet.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The lowest and the highest of what a number can be; the same where it is known. */
public record Range(long low, long high) {

    static final Range ZERO = new Range(0, 0);

    public Range {
        if (low > high) {
            throw new IllegalArgumentException("range = " + low + " to " + high + ": low must not be above high");
        }
    }

    static Range exactly(long count) {
        return new Range(count, count);
    }

    static Optional<Range> of(Collection<Long> possible) {
        return possible.isEmpty()
                ? Optional.empty()
                : Optional.of(new Range(Collections.min(possible), Collections.max(possible)));
    }

    static Optional<Range> of(Value<Integer> value) {
        List<Long> possible = value.possible().stream().map(Integer::longValue).toList();
        return of(possible);
    }

    Range plus(Range other) {
        return new Range(Math.addExact(low, other.low), Math.addExact(high, other.high));
    }

    /** Both must not be negative. */
    Range times(Range other) {
        return new Range(Math.multiplyExact(low, other.low), Math.multiplyExact(high, other.high));
    }

    @Override
    public String toString() {
        return low == high ? Long.toString(low) : low + " to " + high;
    }
}
