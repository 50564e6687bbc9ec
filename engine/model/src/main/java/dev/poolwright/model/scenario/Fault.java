package dev.poolwright.model.scenario;

import java.time.Duration;

/**
 * Something that goes wrong, or is done, at a moment of a run. Each has one record here, one class in the proxy or the
 * lab, one case in the simulator and one page in {@code docs/faults/}.
 */
public sealed interface Fault
        permits Fault.PathCap,
                Fault.Latency,
                Fault.SlowConnect,
                Fault.ServerFull,
                Fault.Reset,
                Fault.Leak,
                ProxyFault,
                Fault.StartInstances,
                Fault.RestartInstances {

    /** The word in a scenario file. */
    String word();

    /** Name of the path, server or service that it happens to. */
    String on();

    /** From the begin of the run. */
    Duration at();

    /** How long; zero for something that happens at once. */
    Duration lasts();

    /** Part of the connections that it hits, drawn from the run's seed; 1 for all. */
    default double share() {
        return 1;
    }

    /** Whether it is a fault; an event such as a start of instances stays in the fault-free control. */
    default boolean isFault() {
        return true;
    }

    default Duration end() {
        return at().plus(lasts());
    }

    /** For the fault-free control: same moment, same length, nothing happens. An event stays as it is. */
    default Fault withoutEffect() {
        return this;
    }

    /** The same with all times divided by {@code speed}. */
    Fault atSpeed(double speed);

    private static Duration scaled(Duration time, double speed) {
        return Duration.ofNanos(Math.round(time.toNanos() / speed));
    }

    /** The path carries at most {@code connections} and cannot scale out; afterwards scaling takes {@code scaleOutDelay}. */
    record PathCap(String on, Duration at, Duration lasts, int connections, Duration scaleOutDelay) implements Fault {
        @Override
        public String word() {
            return "path_cap";
        }

        @Override
        public Fault withoutEffect() {
            return new Latency(on, at, lasts, Duration.ZERO);
        }

        @Override
        public Fault atSpeed(double speed) {
            return new PathCap(on, scaled(at, speed), scaled(lasts, speed), connections, scaled(scaleOutDelay, speed));
        }
    }

    /** Every round trip over the path takes {@code adds} longer, give or take {@code jitter}. */
    record Latency(String on, Duration at, Duration lasts, Duration adds, Duration jitter) implements Fault {

        public Latency(String on, Duration at, Duration lasts, Duration adds) {
            this(on, at, lasts, adds, Duration.ZERO);
        }

        @Override
        public String word() {
            return "latency";
        }

        @Override
        public Fault withoutEffect() {
            return new Latency(on, at, lasts, Duration.ZERO);
        }

        @Override
        public Fault atSpeed(double speed) {
            return new Latency(on, scaled(at, speed), scaled(lasts, speed), scaled(adds, speed), scaled(jitter, speed));
        }
    }

    /** The server takes {@code adds} longer to set up each connection. */
    record SlowConnect(String on, Duration at, Duration lasts, Duration adds) implements Fault {
        @Override
        public String word() {
            return "slow_connect";
        }

        @Override
        public Fault withoutEffect() {
            return new SlowConnect(on, at, lasts, Duration.ZERO);
        }

        @Override
        public Fault atSpeed(double speed) {
            return new SlowConnect(on, scaled(at, speed), scaled(lasts, speed), scaled(adds, speed));
        }
    }

    /** Others take so many of the server's connections that only {@code connections} are left; more are refused with 53300. */
    record ServerFull(String on, Duration at, Duration lasts, int connections) implements Fault {
        @Override
        public String word() {
            return "server_full";
        }

        @Override
        public Fault withoutEffect() {
            return new SlowConnect(on, at, lasts, Duration.ZERO);
        }

        @Override
        public Fault atSpeed(double speed) {
            return new ServerFull(on, scaled(at, speed), scaled(lasts, speed), connections);
        }
    }

    /** Every open connection of the path is cut, or a share of them. */
    record Reset(String on, Duration at, double share) implements Fault {

        public Reset(String on, Duration at) {
            this(on, at, 1);
        }

        @Override
        public String word() {
            return "reset";
        }

        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }

        @Override
        public Fault withoutEffect() {
            return new Latency(on, at, Duration.ZERO, Duration.ZERO);
        }

        @Override
        public Fault atSpeed(double speed) {
            return new Reset(on, scaled(at, speed), share);
        }
    }

    /** A share of the service's operations never give their connections back; which ones is drawn. */
    record Leak(String on, Duration at, Duration lasts, double share) implements Fault {
        public Leak {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("share = " + share + ": must be above 0 and at most 1");
            }
        }

        @Override
        public String word() {
            return "leak";
        }

        @Override
        public Fault withoutEffect() {
            return new Leak(on, at, lasts, Double.MIN_VALUE);
        }

        @Override
        public Fault atSpeed(double speed) {
            return new Leak(on, scaled(at, speed), scaled(lasts, speed), share);
        }
    }

    /** So many instances of a service are started beside those that run. */
    record StartInstances(String on, Duration at, int count) implements Fault {
        @Override
        public String word() {
            return "start_instances";
        }

        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }

        @Override
        public boolean isFault() {
            return false;
        }

        @Override
        public Fault atSpeed(double speed) {
            return new StartInstances(on, scaled(at, speed), count);
        }
    }

    /** Every instance of a service is stopped and started again at the same moment. */
    record RestartInstances(String on, Duration at) implements Fault {
        @Override
        public String word() {
            return "restart_instances";
        }

        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }

        @Override
        public boolean isFault() {
            return false;
        }

        @Override
        public Fault atSpeed(double speed) {
            return new RestartInstances(on, scaled(at, speed));
        }
    }
}
