package dev.poolwright.model.verdict;

import java.util.Optional;

/**
 * The closed vocabulary of chains. The word is {@code subject-kind.what}; each kind names the owner of a break that begins
 * with it and whether it is a failure by itself.
 */
public enum LinkKind {
    /** A pool class cannot work with the engine it is given to. */
    POOL_INCOMPATIBLE("pool.incompatible", Owner.CONFIGURATION, true),
    /** No session could be made. */
    SESSION_FAILED("session.failed", Owner.APPLICATION, true),
    /** The path carries as many connections as it can and another one was asked for. */
    PATH_FULL("path.full", Owner.PATH, false),
    /** The server has no slot left and refused a connect with 53300. */
    SERVER_FULL("server.full", Owner.SERVER, true),
    /** The server's processors are all busy and work waits for them. */
    SERVER_BUSY("server.busy", Owner.SERVER, false),
    /** A connect took longer than 10 times the usual and than a second; the path, the server or both may be why. */
    CONNECT_SLOW("connect.slow", Owner.UNDETERMINED, false),
    /** A connect was refused or failed. */
    CONNECT_REFUSED("connect.refused", Owner.SERVER, true),
    /** A connection was not given back by the operation that borrowed it. */
    POOL_LEAK("pool.leak", Owner.APPLICATION, false),
    /** Every connection of a pool is in use and a caller waits. */
    POOL_FULL("pool.full", Owner.POOL, false),
    /** A caller waited its full acquire timeout. */
    ACQUIRE_TIMEOUT("acquire.timeout", Owner.POOL, true),
    /** A caller was refused because too many wait. */
    ACQUIRE_REFUSED("acquire.refused", Owner.POOL, true),
    /** An operation did not end inside its deadline. */
    DEADLINE_MISSED("deadline.missed", Owner.APPLICATION, true),
    /** A start-up phase passed its limit; the subject is {@code service/PHASE}. */
    PHASE_OVER("phase.over", Owner.CONFIGURATION, true),
    /** An instance exited with code 3. */
    EXIT_3("exit.3", Owner.APPLICATION, true),
    /** The platform stopped an instance that was not ready by its start limit. */
    START_CUT("start.cut", Owner.PLATFORM, true),
    /** The ingress answered 503: no instance was ready. */
    INGRESS_503("ingress.503", Owner.PLATFORM, true);

    private final String word;
    private final Owner owner;
    private final boolean failure;

    LinkKind(String word, Owner owner, boolean failure) {
        this.word = word;
        this.owner = owner;
        this.failure = failure;
    }

    public String word() {
        return word;
    }

    /** Who owns a break that begins with this link. */
    public Owner owner() {
        return owner;
    }

    /** Whether this link alone means that something failed; the others only explain. */
    public boolean isFailure() {
        return failure;
    }

    public static Optional<LinkKind> of(String word) {
        for (LinkKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
