package dev.poolwright.sim;

/** What an event does. Each has one case in {@link Run}. */
enum Opcode {
    /** The next operation of a load; id: load. */
    ARRIVAL,
    /** A further try of an operation; id: attempt. */
    RETRY,
    /** An attempt's caller leaves; id: attempt, generation: its life. */
    DEADLINE,
    /** An attempt has waited its full timeout; id: attempt. */
    WAIT_OVER,
    /** The processors may have done a piece of work; id: server. */
    WORK_DONE,
    /** An attempt's time in the database is over; id: attempt. */
    DATABASE_END,
    /** An attempt's whole hold is over; id: attempt. */
    HOLD_END,
    /** A pool takes a leaked connection back; id: connection. */
    RECLAIM,
    /** The law of a path has something to do; id: path. */
    PATH_CHANGE,
    /** A connect has crossed its path; id: connection. */
    ESTABLISHED,
    /** A connect is refused before it reached a server; id: connection. */
    PATH_REFUSED,
    /** A connect has succeeded; id: connection. */
    CONNECTED,
    /** A connect is given up; id: connection. */
    CONNECT_OVER,
    /** A connect has become slow; id: connection. */
    CONNECT_SLOW,
    /** An instance of a service starts; id: service. */
    START,
    /** A step of a start-up is done; id: instance. */
    STEP_DONE,
    /** A step of a start-up failed at the very moment of its begin; id: instance. */
    STEP_FAILED,
    /** A try of a start-up step has reached its deadline; id: instance. */
    STEP_OVER,
    /** A pause of a start-up ends; id: instance. */
    PAUSE_OVER,
    /** The platform's limit of a start-up; id: instance. */
    START_CUT,
    /** A fault or an event of the plan begins; id: its place in the plan. */
    FAULT_BEGIN,
    /** A fault ends; id: its place in the plan. */
    FAULT_END,
    /** The end of a bin. */
    SAMPLE
}
