package dev.poolwright.proxy;

import java.util.Optional;

/** Every open connection is reset on both sides at the moment at which the fault comes into force; new ones are not hit. */
public record Reset() implements Fault {

    @Override
    public Optional<Blow> blow() {
        return Optional.of(Blow.reset());
    }
}
