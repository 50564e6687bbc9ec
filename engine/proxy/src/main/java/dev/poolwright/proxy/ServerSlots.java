package dev.poolwright.proxy;

import java.util.Optional;

/** Counts the connections held at the server, so that of two connects for its last slot one is refused. Thread-safe. */
final class ServerSlots {

    private final Faults faults;
    private int held;

    ServerSlots(Faults faults) {
        this.faults = faults;
    }

    /** Takes a slot, which has to be given back; or answers with the refusal. */
    synchronized Optional<ServerMessage> take(Force force) {
        Optional<ServerMessage> refusal = faults.refusal(force, held);
        if (refusal.isEmpty()) {
            held++;
        }
        return refusal;
    }

    synchronized void giveBack() {
        held--;
    }
}
