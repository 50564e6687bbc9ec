package dev.poolwright.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with settings, to be said at once. */
final class Problems {

    private final List<String> found = new ArrayList<>();

    void check(boolean good, String name, Object value, String allowed) {
        if (!good) {
            found.add(name + " = " + value + ": " + allowed);
        }
    }

    void range(String name, int value, int least, int most) {
        check(value >= least && value <= most, name, value, "must be between " + least + " and " + most);
    }

    void range(String name, Duration value, Duration least, Duration most) {
        check(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                name,
                value,
                "must be between " + least + " and " + most);
    }

    void refuse() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException("the guard cannot be set up so: " + String.join("; ", found));
        }
    }
}
