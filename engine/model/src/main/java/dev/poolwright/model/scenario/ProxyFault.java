package dev.poolwright.model.scenario;

import java.time.Duration;
import java.util.Locale;

/**
 * A fault that lives in the proxy: what it does there is on its page in {@code docs/faults/}. The simulator knows no bytes and
 * no messages, so most of these leave it undecided.
 */
public sealed interface ProxyFault extends Fault
        permits ProxyFault.Bandwidth,
                ProxyFault.Stall,
                ProxyFault.HalfOpen,
                ProxyFault.SlowClose,
                ProxyFault.Refuse,
                ProxyFault.AcceptSilent,
                ProxyFault.CutAfter,
                ProxyFault.Slicing,
                ProxyFault.IdleCutOff,
                ProxyFault.ConnectRate,
                ProxyFault.ServerShutdown,
                ProxyFault.ServerCrash,
                ProxyFault.CannotConnectNow,
                ProxyFault.WrongPassword,
                ProxyFault.SlowAuth,
                ProxyFault.ResultBreak,
                ProxyFault.StatementError,
                ProxyFault.FailOver {

    /** Where, when, how long, and whom it hits. */
    When when();

    /** Whether it happens to a server; otherwise to a path. */
    default boolean onServer() {
        return false;
    }

    /** What the simulator does not know and this fault is about; empty when it can execute it. */
    default String unmodelled() {
        return "";
    }

    @Override
    default String word() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    @Override
    default String on() {
        return when().on();
    }

    @Override
    default Duration at() {
        return when().at();
    }

    @Override
    default Duration lasts() {
        return when().lasts();
    }

    @Override
    default double share() {
        return when().share();
    }

    @Override
    default Fault withoutEffect() {
        return onServer()
                ? new Fault.SlowConnect(on(), at(), lasts(), Duration.ZERO)
                : new Fault.Latency(on(), at(), lasts(), Duration.ZERO);
    }

    /**
     * Where and when.
     *
     * @param on name of the path or server
     * @param at from the begin of the run
     * @param lasts how long
     * @param share of the connections that are hit, drawn from the run's seed; above 0, up to 1 for all
     */
    record When(String on, Duration at, Duration lasts, double share) {
        When atSpeed(double speed) {
            return new When(on, scaled(at, speed), scaled(lasts, speed), share);
        }
    }

    /** Directions. */
    enum Way {
        BOTH,
        TO_SERVER,
        TO_CLIENT
    }

    /** Why a server takes no connections. */
    enum State {
        STARTING_UP,
        SHUTTING_DOWN,
        IN_RECOVERY
    }

    /** What a statement fails with. */
    enum Kind {
        SERIALIZATION_FAILURE,
        DEADLOCK_DETECTED,
        STATEMENT_TIMEOUT,
        LOCK_TIMEOUT,
        OUT_OF_MEMORY
    }

    private static Duration scaled(Duration time, double speed) {
        return Duration.ofNanos(Math.round(time.toNanos() / speed));
    }

    /** All connections of the path together pass no more than so many bits a second each way; with {@code grows} that is the path as it was, and more once it has scaled out. */
    record Bandwidth(When when, long bitsPerSecond, boolean grows) implements ProxyFault {
        @Override
        public String unmodelled() {
            return "bytes under way";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new Bandwidth(when.atSpeed(speed), Math.round(bitsPerSecond * speed), grows);
        }
    }

    /** Nothing moves in a direction, and nothing is lost. */
    record Stall(When when, Way way) implements ProxyFault {
        @Override
        public String unmodelled() {
            return "bytes under way";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new Stall(when.atSpeed(speed), way);
        }
    }

    /** Nothing arrives any more and nobody is told; what was open stays broken. */
    record HalfOpen(When when) implements ProxyFault {
        @Override
        public String unmodelled() {
            return "connections that are lost without an end";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new HalfOpen(when.atSpeed(speed));
        }
    }

    /** The end of one side reaches the other so much later. */
    record SlowClose(When when, Duration adds) implements ProxyFault {
        @Override
        public String unmodelled() {
            return "the ends of connections";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new SlowClose(when.atSpeed(speed), scaled(adds, speed));
        }
    }

    /** New connections are refused; open ones run on. */
    record Refuse(When when) implements ProxyFault {
        @Override
        public String unmodelled() {
            return when.share() < 1 ? "a share of connects" : "";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new Refuse(when.atSpeed(speed));
        }
    }

    /** New connections are accepted and not answered until it ends. */
    record AcceptSilent(When when) implements ProxyFault {
        @Override
        public String unmodelled() {
            return when.share() < 1 ? "a share of connects" : "";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new AcceptSilent(when.atSpeed(speed));
        }
    }

    /** Each connection ends after so many more bytes to the client, or to the server. */
    record CutAfter(When when, long bytes, boolean toServer, boolean reset) implements ProxyFault {
        @Override
        public String unmodelled() {
            return "bytes under way";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new CutAfter(when.atSpeed(speed), bytes, toServer, reset);
        }
    }

    /** Data arrives in pieces of so many bytes, with a pause between two. */
    record Slicing(When when, int bytes, Duration pause) implements ProxyFault {
        @Override
        public String unmodelled() {
            return "bytes under way";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new Slicing(when.atSpeed(speed), bytes, scaled(pause, speed));
        }
    }

    /** Connections that carry nothing for so long are forgotten without a word; with {@code reset}, who sends next is told. */
    record IdleCutOff(When when, Duration after, boolean reset) implements ProxyFault {
        @Override
        public String unmodelled() {
            return "what is forgotten between pool and server";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new IdleCutOff(when.atSpeed(speed), scaled(after, speed), reset);
        }
    }

    /** No more than so many connects a second are let through; the others wait. */
    record ConnectRate(When when, double perSecond) implements ProxyFault {
        @Override
        public String unmodelled() {
            return "the rate of connects";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new ConnectRate(when.atSpeed(speed), perSecond * speed);
        }
    }

    /** Open connections are told 57P01 and closed; new ones are refused with 57P03. */
    record ServerShutdown(When when) implements ProxyFault {
        @Override
        public boolean onServer() {
            return true;
        }

        @Override
        public String unmodelled() {
            return "connections that break while they are open";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new ServerShutdown(when.atSpeed(speed));
        }
    }

    /** Open connections are warned with 57P02 and closed; new ones are refused with 57P03. */
    record ServerCrash(When when) implements ProxyFault {
        @Override
        public boolean onServer() {
            return true;
        }

        @Override
        public String unmodelled() {
            return "connections that break while they are open";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new ServerCrash(when.atSpeed(speed));
        }
    }

    /** New connections are refused with 57P03; open ones run on. */
    record CannotConnectNow(When when, State state) implements ProxyFault {
        @Override
        public boolean onServer() {
            return true;
        }

        @Override
        public String unmodelled() {
            return "a server that refuses for another reason than its limit";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new CannotConnectNow(when.atSpeed(speed), state);
        }
    }

    /** Every log-in fails with 28P01. */
    record WrongPassword(When when) implements ProxyFault {
        @Override
        public boolean onServer() {
            return true;
        }

        @Override
        public String unmodelled() {
            return "log-ins that fail";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new WrongPassword(when.atSpeed(speed));
        }
    }

    /** Every log-in takes so much longer. */
    record SlowAuth(When when, Duration adds) implements ProxyFault {
        @Override
        public boolean onServer() {
            return true;
        }

        @Override
        public Fault atSpeed(double speed) {
            return new SlowAuth(when.atSpeed(speed), scaled(adds, speed));
        }
    }

    /** Each result stalls after so many rows, or its connection is cut there. */
    record ResultBreak(When when, int rows, boolean cut) implements ProxyFault {
        @Override
        public boolean onServer() {
            return true;
        }

        @Override
        public String unmodelled() {
            return "results that break off";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new ResultBreak(when.atSpeed(speed), rows, cut);
        }
    }

    /** The n-th statement of each connection fails. */
    record StatementError(When when, int statement, Kind error) implements ProxyFault {
        @Override
        public boolean onServer() {
            return true;
        }

        @Override
        public String unmodelled() {
            return "statements that fail";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new StatementError(when.atSpeed(speed), statement, error);
        }
    }

    /**
     * Open connections are cut; from then on the address can only be read.
     *
     * @param to the server that it leads to from then on, {@code HOST:PORT}; empty for the same one, read-only
     */
    record FailOver(When when, String to) implements ProxyFault {
        @Override
        public boolean onServer() {
            return true;
        }

        @Override
        public String unmodelled() {
            return "connections that break while they are open";
        }

        @Override
        public Fault atSpeed(double speed) {
            return new FailOver(when.atSpeed(speed), to);
        }
    }
}
