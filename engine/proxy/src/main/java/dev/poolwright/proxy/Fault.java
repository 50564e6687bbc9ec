package dev.poolwright.proxy;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * What a proxy can do to connections on purpose. Faults that act at once add up: delays are summed, the lowest of two rates
 * counts, and the first that refuses refuses.
 *
 * <p>Each kind overrides the questions it has an answer to; what is not overridden is a fault that does nothing. All kinds
 * are immutable and safe for use by many threads. Kinds that look at PostgreSQL's messages do nothing within TLS.
 */
public sealed interface Fault
        permits NoFault,
                Latency,
                Bandwidth,
                Stall,
                Reset,
                HalfOpen,
                SlowClose,
                Refuse,
                AcceptSilent,
                CutAfter,
                Slicing,
                IdleCutOff,
                ConnectRate,
                SlowConnect,
                PathCap,
                ServerFull,
                ServerShutdown,
                ServerCrash,
                CannotConnectNow,
                WrongPassword,
                SlowAuth,
                ResultBreak,
                StatementError,
                FailOver {

    // ---- a connect

    /** How a client is received. */
    default Reception reception() {
        return Reception.SERVED;
    }

    /** Nanoseconds between two connects that are let through; 0 for no limit. */
    default long connectGapNanos() {
        return 0;
    }

    /** Nanoseconds by which the server is slow to take a connection; 0 for none. */
    default long connectDelayNanos() {
        return 0;
    }

    /** The cap which this fault puts on the path, or empty when it leaves the path alone. */
    default Optional<PathCap> pathCap() {
        return Optional.empty();
    }

    /**
     * Whether the server turns away a further connection.
     *
     * @param held connections that it holds through this proxy
     * @return what it answers, or empty when it takes the connection
     */
    default Optional<ServerMessage> refusal(int held) {
        return Optional.empty();
    }

    /** Where the address leads now, or empty when it leads where it did. */
    default Optional<InetSocketAddress> target() {
        return Optional.empty();
    }

    /** Settings that are added to what a client says at its start; none within TLS. */
    default Map<String, String> sessionSettings() {
        return Map.of();
    }

    // ---- the connections that are open when the fault comes into force

    /** What hits them at that moment. */
    default Optional<Blow> blow() {
        return Optional.empty();
    }

    // ---- bytes under way

    /**
     * Nanoseconds that bytes spend on the way, counted from their arrival; 0 for none.
     *
     * @param draw a random number from 0 to below 1, another one for each piece
     */
    default long delayNanos(Direction direction, double draw) {
        return 0;
    }

    /** Bytes a second that all connections together pass in a direction; {@link Long#MAX_VALUE} for no limit. */
    default long bytesPerSecond(Direction direction) {
        return Long.MAX_VALUE;
    }

    /** Whether {@link #bytesPerSecond} is that of the path as it was, and grows as the path scales out. */
    default boolean growsWithThePath() {
        return false;
    }

    /** Whether nothing moves in a direction. */
    default boolean stalls(Direction direction) {
        return false;
    }

    /** The pieces into which data is cut, or empty when it is left whole. */
    default Optional<Slicing> slices() {
        return Optional.empty();
    }

    /** The number of bytes at which connections are cut, or empty for no cut. */
    default Optional<CutAfter> cut(Direction direction) {
        return Optional.empty();
    }

    /** How connections without traffic are forgotten, or empty when they are not. */
    default Optional<IdleCutOff> idleCutOff() {
        return Optional.empty();
    }

    /** Nanoseconds by which the end of one side is told late to the other; 0 for at once. */
    default long endDelayNanos() {
        return 0;
    }
}
