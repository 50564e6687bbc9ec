package dev.poolwright.proxy;

/** New connections are accepted and never answered; those that still wait when the fault is lifted are served then. */
public record AcceptSilent() implements Fault {

    @Override
    public Reception reception() {
        return Reception.SILENCE;
    }
}
