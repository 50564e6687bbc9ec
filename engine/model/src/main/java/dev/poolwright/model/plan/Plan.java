package dev.poolwright.model.plan;

import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.policy.Draws;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Fleet × environment × scenario × seed, resolved into numbers. Simulator and lab execute this and nothing else, so what
 * one predicts and the other measures are answers to the same question. All times are nanoseconds of the run, already
 * divided by the speed; moments count from the begin of the run.
 *
 * @param header names, seed and speed
 * @param topology what there is
 * @param loads what arrives
 * @param faults in order of time, events such as a start of instances included
 * @param objectives what must hold; bounds in time are divided by the speed
 * @param notes what people should know of the plan
 */
public record Plan(
        Header header,
        Topology topology,
        List<PlannedLoad> loads,
        List<Fault> faults,
        List<Objective> objectives,
        Notes notes) {

    /** What a lab on one machine can sample without disturbing itself. */
    private static final double LEAST_BIN_NANOS = 100e6;

    private static final int BINS = 1_000;

    public Plan {
        loads = List.copyOf(loads);
        faults = List.copyOf(faults);
        objectives = List.copyOf(objectives);
    }

    /**
     * Names, seed and speed.
     *
     * @param speed 1 is real time; at 8 everything takes an eighth
     * @param warmUpNanos not judged
     * @param durationNanos after which no operation begins
     */
    public record Header(
            String fleet,
            String environment,
            String scenario,
            long seed,
            double speed,
            long warmUpNanos,
            long durationNanos) {}

    /**
     * What people should know of the plan.
     *
     * @param knees a sentence for each load that says its knee and what bounds it
     * @param assumptions a sentence for each value that nobody stated
     * @param unknown a sentence for each term without which no verdict is possible; the run is UNDECIDED
     */
    public record Notes(List<String> knees, List<String> assumptions, List<String> unknown) {
        public Notes {
            knees = List.copyOf(knees);
            assumptions = List.copyOf(assumptions);
            unknown = List.copyOf(unknown);
        }
    }

    public Draws draws() {
        return Draws.of(header.seed());
    }

    /**
     * The same plan with faults that do nothing at the moments of its faults, so that the windows it is judged over stay;
     * planned events such as a start of instances happen.
     */
    public Plan control() {
        return withFaults(faults.stream().map(Fault::withoutEffect).toList());
    }

    public Plan withTopology(Topology changed) {
        return new Plan(header, changed, loads, faults, objectives, notes);
    }

    public Plan withLoads(List<PlannedLoad> changed) {
        return new Plan(header, topology, changed, faults, objectives, notes);
    }

    public Plan withFaults(List<Fault> changed) {
        return new Plan(header, topology, loads, changed, objectives, notes);
    }

    /** When the first fault or event begins, or the first overload where there is none; else the end of the warm-up. */
    public long firstFaultNanos() {
        return faults.stream()
                .mapToLong(fault -> fault.at().toNanos())
                .min()
                .orElseGet(() -> Math.max(
                        header.warmUpNanos(),
                        loads.stream()
                                .mapToLong(PlannedLoad::firstRiseNanos)
                                .filter(moment -> moment < header.durationNanos())
                                .min()
                                .orElse(0)));
    }

    /** When the last fault ends, or the last overload where there is none; else the end of the run. */
    public long lastFaultEndNanos() {
        return faults.stream()
                .mapToLong(fault -> fault.end().toNanos())
                .max()
                .orElseGet(() -> loads.stream()
                        .mapToLong(PlannedLoad::lastRiseEndNanos)
                        .filter(moment -> moment > 0)
                        .max()
                        .orElse(header.durationNanos()));
    }

    /** Operations a second that the connections or the cores can serve of a load that has them to itself. */
    public double capacityPerSecond(PlannedLoad load) {
        return KneeFinder.find(topology, load.service(), load.borrows()).perSecond();
    }

    /**
     * When the window "after" begins: the last fault's end and the time that recovery is allowed; never later than the run's
     * last tenth, so that something is left to judge.
     */
    public long afterNanos() {
        double allowed = objectives.stream()
                .filter(one -> one.metric() == Objective.Metric.RECOVERY)
                .mapToDouble(Objective::bound)
                .min()
                .orElse(0);
        return Math.min(lastFaultEndNanos() + (long) allowed, header.durationNanos() * 9 / 10);
    }

    /**
     * How long a bin of the series is, the same in simulator and lab: the least of 1, 2 or 5 times a power of ten that is at
     * least 100 ms of plan time and a thousandth of the run.
     */
    public long binNanos() {
        double least = Math.max(LEAST_BIN_NANOS / header.speed(), (double) header.durationNanos() / BINS);
        long decade = 1;
        while (decade * 10 <= least) {
            decade *= 10;
        }
        for (int factor : new int[] {1, 2, 5}) {
            if (decade * factor >= least) {
                return decade * factor;
            }
        }
        return decade * 10;
    }

    /** Whether a moment of the run belongs to a window. */
    public boolean isIn(Objective.Window window, long nanos) {
        return switch (window) {
            case WHOLE -> nanos >= header.warmUpNanos();
            case DURING -> nanos >= firstFaultNanos() && nanos < lastFaultEndNanos();
            case AFTER -> nanos >= afterNanos();
            case BEFORE -> nanos >= header.warmUpNanos() && nanos < firstFaultNanos();
        };
    }

    /** How long a window is. */
    public long lengthNanos(Objective.Window window) {
        return Math.max(
                0,
                switch (window) {
                    case WHOLE -> header.durationNanos() - header.warmUpNanos();
                    case DURING -> lastFaultEndNanos() - firstFaultNanos();
                    case AFTER -> header.durationNanos() - afterNanos();
                    case BEFORE -> firstFaultNanos() - header.warmUpNanos();
                });
    }

    /** First 16 hexadecimal digits of the SHA-256 of everything in the plan. */
    public String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public RunRecord.Header recordHeader() {
        return new RunRecord.Header(
                header.fleet(),
                header.environment(),
                header.scenario(),
                header.seed(),
                header.speed(),
                header.durationNanos(),
                digest());
    }
}
