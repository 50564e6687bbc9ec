package dev.poolwright.model.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of a value, and from where. Closed, so that a rule must say what it does when the value is not known. */
public sealed interface Value<T> permits Value.Known, Value.Default, Value.OneOf, Value.Between, Value.Unknown {

    static <T> Value<T> known(T value, Origin origin) {
        return new Known<>(value, origin, List.of());
    }

    static <T> Value<T> known(T value, Origin origin, List<Step> trail) {
        return new Known<>(value, origin, trail);
    }

    static <T> Value<T> unknown(String why, String settledBy) {
        return new Unknown<>(why, settledBy, Origin.NONE);
    }

    /** Every value that it can have, or the two ends of its range; empty when nothing is known. */
    List<T> possible();

    /** Where it is written; {@link Origin#NONE} for a default. */
    Origin origin();

    /** The value if there is exactly one. */
    default Optional<T> single() {
        return possible().size() == 1 ? Optional.of(possible().get(0)) : Optional.empty();
    }

    default T or(T fallback) {
        return single().orElse(fallback);
    }

    /** Whether {@link #possible()} is all that it can be; not so where one of several is not known. */
    default boolean complete() {
        return !possible().isEmpty();
    }

    /** How it got from where it is written to where it is used, in that order; empty where it is used as it is written. */
    default List<Step> trail() {
        return List.of();
    }

    /** Written in a file. */
    record Known<T>(T value, Origin origin, List<Step> trail) implements Value<T> {
        public Known {
            trail = List.copyOf(trail);
        }

        @Override
        public List<T> possible() {
            return List.of(value);
        }

        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /** Not written: what the library does then. */
    record Default<T>(T value, String library, String versions) implements Value<T> {
        @Override
        public List<T> possible() {
            return List.of(value);
        }

        @Override
        public Origin origin() {
            return Origin.NONE;
        }

        @Override
        public String toString() {
            return value + " (default of " + library + (versions.isEmpty() ? "" : " " + versions) + ")";
        }
    }

    /** One of several, each under a condition, for example an environment variable. */
    record OneOf<T>(List<Case<T>> cases, Origin origin) implements Value<T> {
        public OneOf {
            cases = List.copyOf(cases);
        }

        @Override
        public List<T> possible() {
            List<T> values = new ArrayList<>();
            for (Case<T> one : cases) {
                values.addAll(one.value().possible());
            }
            return List.copyOf(values);
        }

        @Override
        public boolean complete() {
            return !cases.isEmpty()
                    && cases.stream().allMatch(one -> one.value().complete());
        }

        @Override
        public String toString() {
            return String.join(
                    " or ",
                    cases.stream()
                            .map(one -> one.value() + (one.condition().isEmpty() ? "" : " (" + one.condition() + ")"))
                            .toList());
        }
    }

    /** One case of {@link OneOf}. */
    record Case<T>(String condition, Value<T> value) {}

    /** Somewhere in a range, both ends included. */
    record Between<T>(T low, T high, String why, Origin origin) implements Value<T> {
        @Override
        public List<T> possible() {
            return List.of(low, high);
        }

        @Override
        public String toString() {
            return low + " to " + high;
        }
    }

    /** Nothing is known, and this would settle it. */
    record Unknown<T>(String why, String settledBy, Origin origin) implements Value<T> {
        @Override
        public List<T> possible() {
            return List.of();
        }

        @Override
        public String toString() {
            return "unknown (" + why + ")";
        }
    }
}
