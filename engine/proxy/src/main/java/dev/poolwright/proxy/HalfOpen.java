package dev.poolwright.proxy;

import java.util.Optional;

/**
 * The other side is gone without a word: what either side sends is lost, no end and no reset is passed on, and new connects
 * hang. A connection that was hit never works again; it is reset on both sides when the fault is lifted.
 */
public record HalfOpen() implements Fault {

    @Override
    public Reception reception() {
        return Reception.SILENCE;
    }

    @Override
    public Optional<Blow> blow() {
        return Optional.of(Blow.lost());
    }
}
