package dev.poolwright.model.proof;

import java.util.Optional;

/** A part of a result that may be missing, and then says why; never null, never an empty stand-in. */
public sealed interface Part<T> permits Part.Present, Part.Absent {

    static <T> Part<T> of(T value) {
        return new Present<>(value);
    }

    /** @param why one line for people, for example {@code the lab was not asked for} */
    static <T> Part<T> absent(String why) {
        return new Absent<>(why);
    }

    Optional<T> value();

    /** Why it is missing; empty when it is there. */
    String why();

    /** It is there. */
    record Present<T>(T present) implements Part<T> {
        @Override
        public Optional<T> value() {
            return Optional.of(present);
        }

        @Override
        public String why() {
            return "";
        }
    }

    /** It is not there. */
    record Absent<T>(String why) implements Part<T> {
        public Absent {
            if (why.isBlank()) {
                throw new IllegalArgumentException("why = \"\": must say why the part is missing");
            }
        }

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }
    }
}
