package dev.poolwright.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Decides what a start-up does next: which step to try, how long, when to pause, and when it has failed.
 *
 * <pre>
 *   begin ──▶ Try(step, deadline) ──succeeded──▶ next step … next phase … ──▶ Ready
 *                │ failed / deadline passed
 *                ▼
 *             Pause(until) ──▶ Try …        phase limit passed, or no tries left ──▶ Exit(3)
 * </pre>
 *
 * The first failure of a phase ends the start-up: nothing after it runs and there is no degraded start. Single-threaded;
 * told the time (nanoseconds); knows no clock. The state is a few words beside the report, about 200 bytes, plus one
 * entry of the report for each try (bounded by {@value #REPORT_LIMIT}; later tries are only counted).
 */
public final class StartupDecision {

    /** Exit code of a start-up that failed (0 is success, 1 a program error, 2 a wrong configuration). */
    public static final int EXIT_CODE = 3;

    static final int REPORT_LIMIT = 1_000;

    private final StartupPhases plan;
    private final List<Attempt> report = new ArrayList<>();

    private int phase;
    private int step;
    private int attempt;
    private long began;
    private long phaseDeadline = Long.MAX_VALUE;
    private long phaseBegan;
    private long attemptBegan;
    private Directive current = new Ready(0);

    public StartupDecision(StartupPhases plan) {
        this.plan = plan;
    }

    /** Begins at {@code now}; the first directive. */
    public Directive begin(long now) {
        began = now;
        return enterPhase(now, 0);
    }

    /** The current try succeeded. */
    public Directive succeeded(long now) {
        if (now >= phaseDeadline) {
            return tick(now);
        }
        note(now, "succeeded");
        step++;
        attempt = 0;
        return nextStep(now);
    }

    /**
     * The current try failed or its deadline passed.
     *
     * @param cause the first error behind it; shown in the report
     * @param draw uniform in (0, 1), used where the back-off has jitter
     */
    public Directive failed(long now, String cause, double draw) {
        note(now, cause);
        if (now >= phaseDeadline) {
            return exit(now, "phase limit passed", cause);
        }
        StartupPhases.Step failing = phaseNow().steps().get(step);
        if (attempt >= failing.tries()) {
            return exit(now, "no tries left", cause);
        }
        long pause = failing.backoff().nanos(attempt, draw);
        if (pause == 0) {
            return begunTry(now);
        }
        current = new Pause(Math.min(now + pause, phaseDeadline));
        return current;
    }

    /** As {@link #failed(long, String, double)} without jitter. */
    public Directive failed(long now, String cause) {
        return failed(now, cause, 0);
    }

    /** Time has come to {@code now} and nothing was reported: ends a pause, a try past its deadline, or the phase. */
    public Directive tick(long now) {
        if (current instanceof Exit || current instanceof Ready) {
            return current;
        }
        if (now >= phaseDeadline) {
            if (current instanceof Try) {
                note(now, "cut by the phase limit");
            }
            return exit(now, "phase limit passed", lastCause());
        }
        if (current instanceof Pause && now >= ((Pause) current).untilNanos()) {
            return begunTry(now);
        }
        return current;
    }

    public Directive current() {
        return current;
    }

    /** The name of the phase that runs, or that failed; the last one after success. */
    public String phase() {
        return plan.phases().get(Math.min(phase, plan.phases().size() - 1)).name();
    }

    /** When the phase that runs began. */
    public long phaseBegan() {
        return phaseBegan;
    }

    /** Every try so far in order. */
    public List<Attempt> report() {
        return Collections.unmodifiableList(report);
    }

    private Directive enterPhase(long now, int next) {
        phase = next;
        step = 0;
        attempt = 0;
        if (phase == plan.phases().size()) {
            current = new Ready(now - began);
            return current;
        }
        phaseBegan = now;
        phaseDeadline = Wait.atMost(phaseNow().limit()).deadline(now);
        return nextStep(now);
    }

    private Directive nextStep(long now) {
        return step == phaseNow().steps().size() ? enterPhase(now, phase + 1) : begunTry(now);
    }

    private Directive begunTry(long now) {
        attempt++;
        attemptBegan = now;
        StartupPhases.Step next = phaseNow().steps().get(step);
        long deadline = Math.min(next.tryLimit().deadline(now), phaseDeadline);
        current = new Try(phase, step, attempt, deadline);
        return current;
    }

    private Directive exit(long now, String reason, String cause) {
        StartupPhases.Phase failed = phaseNow();
        current = new Exit(
                EXIT_CODE, failed.name(), stepName(failed), failed.limit().toNanos(), now - phaseBegan, reason, cause);
        return current;
    }

    private String stepName(StartupPhases.Phase of) {
        return step < of.steps().size() ? of.steps().get(step).name() : "";
    }

    private String lastCause() {
        return report.isEmpty() ? "no try ended" : report.get(report.size() - 1).outcome();
    }

    private void note(long now, String outcome) {
        if (report.size() < REPORT_LIMIT) {
            report.add(new Attempt(
                    phase(), stepName(phaseNow()), attempt, attemptBegan - began, now - attemptBegan, outcome));
        }
    }

    private StartupPhases.Phase phaseNow() {
        return plan.phases().get(phase);
    }

    /** What to do next. */
    public sealed interface Directive permits Try, Pause, Ready, Exit {}

    /** Try this step; give up at {@code deadlineNanos}. Indices count from 0, attempts from 1. */
    public record Try(int phase, int step, int attempt, long deadlineNanos) implements Directive {}

    /** Do nothing until this moment, then call {@code tick}. */
    public record Pause(long untilNanos) implements Directive {}

    /** All phases have passed. */
    public record Ready(long elapsedNanos) implements Directive {}

    /**
     * The start-up has failed: close what was opened or is still opening, and exit.
     *
     * @param code the process's exit code
     * @param limitNanos the limit of the phase
     * @param elapsedNanos how long the phase ran
     * @param cause what the last try ended with
     */
    public record Exit(
            int code, String phase, String step, long limitNanos, long elapsedNanos, String reason, String cause)
            implements Directive {}

    /** One try that ended, for the report. Times are relative to the begin of the start-up. */
    public record Attempt(String phase, String step, int attempt, long beganNanos, long tookNanos, String outcome) {}
}
