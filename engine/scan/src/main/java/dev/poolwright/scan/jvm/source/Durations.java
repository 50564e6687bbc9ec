package dev.poolwright.scan.jvm.source;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Durations as text. */
final class Durations {

    private Durations() {}

    /** ISO 8601 ({@code PT3S}); empty when it is something else. */
    static Optional<Duration> of(String text) {
        try {
            return text.startsWith("P") ? Optional.of(Duration.parse(text)) : Optional.empty();
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }
}
