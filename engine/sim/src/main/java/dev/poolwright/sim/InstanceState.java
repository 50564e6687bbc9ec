package dev.poolwright.sim;

import dev.poolwright.policy.StartupDecision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One running or starting copy of a service. Not thread-safe. */
final class InstanceState {

    final int id;
    final ServiceState service;
    final StartupDecision startup;
    final List<ProcessState> processes = new ArrayList<>();
    final List<Attempt> attempts = new ArrayList<>();
    /** Connections that the try of a start-up step has opened or is opening. */
    final List<Connection> opening = new ArrayList<>();

    boolean alive = true;
    boolean ready;
    int generation;
    /** Connections that the try still waits for. */
    int stillToOpen;

    int failures;
    long tryBegan;
    String cause = "";
    /** The query that a start-up step waits for. */
    @Nullable
    Attempt query;

    InstanceState(int id, ServiceState service) {
        this.id = id;
        this.service = service;
        this.startup = new StartupDecision(service.planned.startup());
    }
}
