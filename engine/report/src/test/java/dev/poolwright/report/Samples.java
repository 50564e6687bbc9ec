package dev.poolwright.report;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.proof.Comparison;
import dev.poolwright.model.proof.Comparison.Measured;
import dev.poolwright.model.proof.Comparison.Row;
import dev.poolwright.model.proof.Comparison.Unit;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.Part;
import dev.poolwright.model.proof.PlanSummary;
import dev.poolwright.model.proof.ProofReport;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofResult.State;
import dev.poolwright.model.proof.ProofRuns;
import dev.poolwright.model.run.Happening;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.run.Series;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.verdict.Chain;
import dev.poolwright.model.verdict.Chain.Joint;
import dev.poolwright.model.verdict.Chain.Reach;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.model.verdict.Owner;
import dev.poolwright.model.verdict.Verdict;
import dev.poolwright.policy.Draws;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Records that look like runs of a reference fleet in which new instances start while the path is at its cap, and of the
 * mended fleet that holds. Made up from a seed, so every test sees the same.
 */
final class Samples {

    static final long SECOND = 1_000_000_000L;
    static final Envelope ENVELOPE = new Envelope("0.1.0", "build-7", Instant.parse("2026-11-21T04:30:00Z"), "25.0.1");

    private static final Origin FLEET = new Origin("before-1278.yaml", 12, 7);

    private Samples() {}

    /** A before that breaks and an after that holds, both met, measured by five repeats at 4 x real time. */
    static ProofReport proof() {
        return new ProofReport(
                new ProofReport.Header("examples/netra", 7, 5, Duration.ofSeconds(412)),
                List.of(before("before-1278.yaml"), after()));
    }

    static ProofReport proofOf(ProofResult... results) {
        return new ProofReport(
                new ProofReport.Header("examples/netra", 7, 5, Duration.ofSeconds(412)), List.of(results));
    }

    static ProofResult before(String fleet) {
        return new ProofResult(
                new Expectation(
                        fleet, "", "connector-scaling", true, chain(1).links().subList(0, 4), "path", FLEET),
                State.MET,
                List.of("it broke in the stated way"),
                List.of(budget(), pathBudget()),
                summary(),
                new ProofRuns(
                        Part.of(broken("sim", fleet, 1)),
                        Part.of(broken("sim", fleet, 4)),
                        List.of(
                                broken("lab", fleet, 4),
                                broken("lab", fleet, 4),
                                broken("lab", fleet, 4),
                                broken("lab", fleet, 4),
                                broken("lab", fleet, 4)),
                        Part.of(holding("sim", fleet, 1))),
                Part.of(comparison()),
                List.of("the lab's server has 2 cores, production has 4"));
    }

    static ProofResult after() {
        String fleet = "after-1278.yaml";
        return new ProofResult(
                new Expectation(fleet, "", "connector-scaling", false, List.of(), "", FLEET),
                State.MET,
                List.of("every objective was met"),
                List.of(),
                summary(),
                new ProofRuns(
                        Part.of(holding("sim", fleet, 1)),
                        Part.of(holding("sim", fleet, 4)),
                        List.of(holding("lab", fleet, 4)),
                        Part.absent("nothing broke, so there is nothing to control for")),
                Part.of(comparison()),
                List.of());
    }

    static ProofResult skipped() {
        return new ProofResult(
                new Expectation("other.yaml", "staging", "saturation", true, List.of(), "", FLEET),
                State.SKIPPED,
                List.of("it was not asked for"),
                List.of(),
                PlanSummary.NONE,
                ProofRuns.none("it was not asked for"),
                Part.absent("there is no measurement"),
                List.of());
    }

    static ProofResult with(ProofResult result, State state, String reason) {
        return new ProofResult(
                result.expectation(),
                state,
                List.of(reason),
                result.findings(),
                result.plan(),
                result.runs(),
                result.comparison(),
                result.notes());
    }

    static Finding budget() {
        return new Finding(
                "PW010",
                Severity.ERROR,
                "the pools together can ask for more connections than the server has",
                "backend/main",
                List.of(
                        new Finding.Term("pool size + overflow", "25", new Origin("app/database.py", 51, 0)),
                        new Finding.Term("processes x instances", "2 x 4", new Origin("deploy/backend.yaml", 12, 0)),
                        new Finding.Term("max_connections", "100 (3 reserved, plan with 80 %: 77)", Origin.NONE)),
                "size 7 with no overflow, or a pooler in front",
                FLEET);
    }

    static Finding pathBudget() {
        return new Finding(
                "PW014",
                Severity.WARNING,
                "a start of new instances can need more of the path than it carries before it scales out",
                "vpc",
                List.of(new Finding.Term("connections", "50, buffer 5", new Origin("before-1278.yaml", 9, 0))),
                "open fewer connections at the start, or wait longer than the scale-out takes",
                new Origin("before-1278.yaml", 9, 0));
    }

    private static PlanSummary summary() {
        return new PlanSummary(
                5 * SECOND,
                List.of(
                        new Fault.PathCap(
                                "vpc", Duration.ofSeconds(20), Duration.ofSeconds(60), 50, Duration.ofSeconds(30)),
                        new Fault.StartInstances("backend", Duration.ofSeconds(25), 4)),
                new Plan.Notes(
                        List.of("backend/chat: knee 1190/s, bound by 2 cores of main (1.7 ms of work each)"),
                        List.of("auth: 100 callers in each process, nobody stated it"),
                        List.of()));
    }

    static JudgedRun broken(String source, String fleet, double speed) {
        Chain chain = chain(speed);
        RunRecord record = record(source, fleet, speed, chain, true);
        return new JudgedRun(
                record,
                new Verdict(
                        Verdict.Outcome.BREAKS,
                        List.of(
                                "success = 61.4 % during (at least 80.0 %)",
                                "phase.over backend/DATABASE, 4 times: 75.0 s gone of 75.0 s"),
                        chain,
                        Owner.PATH));
    }

    static JudgedRun holding(String source, String fleet, double speed) {
        return new JudgedRun(
                record(source, fleet, speed, Chain.NONE, false),
                new Verdict(
                        Verdict.Outcome.HOLDS,
                        List.of("success = 99.9 % during (at least 80.0 %)", "recovery = 2.5 s (at most 60.0 s)"),
                        Chain.NONE,
                        Owner.UNDETERMINED));
    }

    /** Five links; the first two lie close together, and so do the last two. */
    static Chain chain(double speed) {
        return new Chain(List.of(
                joint(LinkKind.PATH_FULL, "vpc", 25.2 / speed, 31, "50 of 50 connections, 1 waits", Reach.THEREFORE),
                joint(LinkKind.CONNECT_SLOW, "backend", 25.9 / speed, 38, "10.0 s under way", Reach.THEREFORE),
                joint(
                        LinkKind.PHASE_OVER,
                        "backend/DATABASE",
                        100.4 / speed,
                        4,
                        "75.0 s gone of 75.0 s",
                        Reach.THEREFORE),
                joint(LinkKind.EXIT_3, "backend", 100.5 / speed, 4, "phase DATABASE over its limit", Reach.THEN),
                joint(LinkKind.DEADLINE_MISSED, "backend/chat", 112 / speed, 211, "8.0 s", Reach.THEN)));
    }

    private static Joint joint(LinkKind kind, String subject, double seconds, long count, String detail, Reach reach) {
        return new Joint(new Link(kind, subject), (long) (seconds * SECOND), count, detail, reach);
    }

    private static RunRecord record(String source, String fleet, double speed, Chain chain, boolean breaks) {
        Draws.Stream noise = Draws.of(source.hashCode()).stream(fleet, "noise");
        int bins = 560;
        // A quarter of a second of the plan for each bin.
        LongUnaryOperator jitter = bin -> Math.round(noise.normal(bin) * 1.5);
        List<Series> series = new ArrayList<>();
        series.add(levels(
                "pool/backend/main/in_use", bins, bin -> clamp(busy(bin, breaks) + jitter.applyAsLong(bin), 25)));
        series.add(levels("pool/backend/main/open", bins, bin -> bin < 100 ? 14 : breaks ? 25 : 18));
        series.add(levels(
                "pool/backend/main/waiting",
                bins,
                bin -> breaks && bin > 420 ? clamp((bin - 420) / 4 + jitter.applyAsLong(bin), 60) : 0));
        series.add(levels("pool/backend/main/limit", bins, bin -> 25));
        series.add(levels("pool/auth/main/in_use", bins, bin -> clamp(4 + jitter.applyAsLong(bin + 9000), 12)));
        series.add(levels("pool/auth/main/limit", bins, bin -> Integer.MAX_VALUE));
        series.add(levels("path/vpc/open", bins, bin -> bin < 100 ? 31 : breaks && bin < 440 ? 50 : 44));
        series.add(levels("path/vpc/waiting", bins, bin -> breaks && bin > 100 && bin < 400 ? 36 : 0));
        series.add(levels("path/vpc/capacity", bins, bin -> bin < 440 ? 50 : 250));
        series.add(levels("service/backend/ready", bins, bin -> breaks || bin < 130 ? 1 : 5));
        series.add(levels(
                "service/backend/starting", bins, bin -> bin >= 100 && (breaks ? bin < 402 : bin < 130) ? 4 : 0));
        series.add(levels(
                "load/backend/chat/offered", bins, bin -> clamp(12 + 2 * jitter.applyAsLong(bin + 20_000), 30)));
        series.add(levels(
                "load/backend/chat/succeeded",
                bins,
                bin -> breaks && bin > 430 ? 2 : clamp(12 + 2 * jitter.applyAsLong(bin + 20_000), 30)));
        series.add(levels("load/backend/chat/failed", bins, bin -> breaks && bin > 430 ? 10 : 0));
        Health health = source.equals("sim")
                ? Health.ofSimulator(List.of())
                : new Health(
                        new Health.Evidence(true, 1840, 1840, 0), Duration.ofMillis(3), 0.22, 0, List.of(), List.of());
        return new RunRecord(
                source,
                new RunRecord.Header(
                        fleet, "", "connector-scaling", 7, speed, (long) (140 * SECOND / speed), "0123456789abcdef"),
                (long) (SECOND / 4 / speed),
                series,
                List.of(load(speed, breaks, Draws.of(source.length() * 31L).stream(fleet, "waits"))),
                chain.joints().stream()
                        .map(one -> new Happening(
                                one.link(), one.atNanos(), one.atNanos() + SECOND, one.count(), one.detail()))
                        .toList(),
                health);
    }

    private static long busy(long bin, boolean breaks) {
        return bin < 100 ? 9 : breaks && bin > 410 ? 24 : 12;
    }

    private static long clamp(long value, long most) {
        return Math.max(0, Math.min(most, value));
    }

    private static Series levels(String name, int bins, LongUnaryOperator value) {
        List<Long> values = new ArrayList<>();
        for (long bin = 0; bin < bins; bin++) {
            values.add(value.applyAsLong(bin));
        }
        return new Series(name, values);
    }

    private static LoadResult load(double speed, boolean breaks, Draws.Stream draws) {
        org.HdrHistogram.Histogram waits = Histogram.recorder();
        for (int n = 0; n < 5600; n++) {
            double millis = breaks && n % 4 == 0 ? 8000 * draws.uniform(n) : 0.8 + 3 * draws.exponential(n);
            waits.recordValue((long) (millis * 1e6 / speed));
        }
        long late = breaks ? 700 : 6;
        return new LoadResult(
                "backend/chat",
                Window.WHOLE,
                5600,
                Map.of(Outcome.SUCCEEDED, 5600 - 2 * late, Outcome.TOO_LATE, late, Outcome.GAVE_UP, late),
                5600,
                Histogram.of(waits),
                Histogram.of(waits));
    }

    static Comparison comparison() {
        String load = "backend/chat";
        Part<Double> none = Part.absent("the naive predictor is one of waits");
        return new Comparison(
                4,
                List.of(
                        new Row(
                                load,
                                "throughput",
                                Unit.PER_SECOND,
                                155.2,
                                new Measured(152.8, 151.1, 154.5, 5),
                                none,
                                7.64),
                        wait(load, "mean", 1.9e6, 2.1e6, 0.02e6),
                        wait(load, "p50", 0.7e6, 0.9e6, 0),
                        wait(load, "p95", 7.4e6, 7.9e6, 0.4e6),
                        new Row(
                                load,
                                "acquire wait p99",
                                Unit.NANOS,
                                14e6,
                                new Measured(19e6, 18e6, 20e6, 5),
                                Part.of(Double.POSITIVE_INFINITY),
                                2.85e6),
                        new Row(
                                load,
                                "waits cut off",
                                Unit.SHARE,
                                0.125,
                                new Measured(0.131, 0.12, 0.142, 5),
                                none,
                                0.02)));
    }

    private static Row wait(String load, String what, double predicted, double measured, double naive) {
        return new Row(
                load,
                "acquire wait " + what,
                Unit.NANOS,
                predicted,
                new Measured(measured, measured * 0.95, measured * 1.05, 5),
                Part.of(naive),
                Math.max(1e6, measured * 0.15));
    }
}
