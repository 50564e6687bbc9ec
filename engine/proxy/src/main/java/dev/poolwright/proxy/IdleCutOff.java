package dev.poolwright.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * A device between forgets connections that carry nothing for a time, and tells nobody, as address translators and load
 * balancers do. The next to send learns it by a reset, or not at all.
 *
 * <p>Idle time counts from the moment at which the fault comes into force. A connection that was forgotten in silence never
 * works again; it is reset on both sides when the fault is lifted.
 *
 * @param after above 0, up to one day
 * @param reset whether who sends next gets a reset; otherwise what it sends is lost
 */
public record IdleCutOff(Duration after, boolean reset) implements Fault {

    public IdleCutOff {
        Delays.checked("idle_cut_off: after", after);
        if (after.isZero()) {
            throw new IllegalArgumentException("idle_cut_off: after = 0 is too short; allowed is above 0");
        }
    }

    @Override
    public Optional<IdleCutOff> idleCutOff() {
        return Optional.of(this);
    }
}
