package dev.poolwright.startup;

import dev.poolwright.policy.Clock;
import dev.poolwright.policy.StartupDecision;
import dev.poolwright.policy.StartupDecision.Directive;
import dev.poolwright.policy.StartupDecision.Exit;
import dev.poolwright.policy.StartupDecision.Pause;
import dev.poolwright.policy.StartupDecision.Ready;
import dev.poolwright.policy.StartupDecision.Try;
import dev.poolwright.policy.StartupPhases;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a start-up on the real clock. It only carries out what {@link StartupDecision} decides, the same class that the
 * simulator asks, so the two cannot disagree about limits.
 */
public final class Startup {

    private final StartupPhases phases;
    private final List<List<StartupStep>> steps;
    private final Clock clock;
    private final ExecutorService threads;

    /**
     * @param steps by phase and step, as many as {@code phases} has
     * @param threads runs the steps, one at a time; each try is one task that is interrupted at its deadline
     * @throws IllegalArgumentException when a step is missing
     */
    public Startup(StartupPhases phases, List<List<StartupStep>> steps, Clock clock, ExecutorService threads) {
        for (int phase = 0; phase < phases.phases().size(); phase++) {
            int wanted = phases.phases().get(phase).steps().size();
            int given = phase < steps.size() ? steps.get(phase).size() : 0;
            if (wanted != given) {
                throw new IllegalArgumentException("phase "
                        + phases.phases().get(phase).name() + ": steps = " + given + ": its declaration has " + wanted);
            }
        }
        this.phases = phases;
        this.steps = steps.stream().map(List::copyOf).toList();
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * Runs all phases.
     *
     * @return how it ended and every try on the way
     * @throws InterruptedException when the calling thread is interrupted; the running step is interrupted and undone first
     */
    public Result run() throws InterruptedException {
        StartupDecision decision = new StartupDecision(phases);
        Directive next = decision.begin(clock.nanos());
        while (!(next instanceof Ready) && !(next instanceof Exit)) {
            next = next instanceof Try ? attempt(decision, (Try) next) : pause(decision, (Pause) next);
        }
        return new Result(next, decision.report());
    }

    private Directive attempt(StartupDecision decision, Try attempt) throws InterruptedException {
        StartupStep step = steps.get(attempt.phase()).get(attempt.step());
        Future<?> running = threads.submit(() -> {
            step.run();
            return null;
        });
        try {
            running.get(Math.max(0, attempt.deadlineNanos() - clock.nanos()), TimeUnit.NANOSECONDS);
            Directive next = decision.succeeded(clock.nanos());
            if (next instanceof Exit) {
                step.undo();
            }
            return next;
        } catch (TimeoutException e) {
            running.cancel(true);
            step.undo();
            return ended(decision, attempt, "timed out");
        } catch (ExecutionException e) {
            step.undo();
            return ended(decision, attempt, firstCause(e));
        } catch (InterruptedException e) {
            running.cancel(true);
            step.undo();
            throw e;
        }
    }

    /** A deadline that is the phase's own ends the phase; any other end is a failed try. */
    private Directive ended(StartupDecision decision, Try attempt, String cause) {
        long now = clock.nanos();
        Directive current = decision.tick(now);
        return current.equals(attempt) ? decision.failed(now, cause) : current;
    }

    private Directive pause(StartupDecision decision, Pause pause) throws InterruptedException {
        long left = pause.untilNanos() - clock.nanos();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("start-up interrupted in a pause of phase " + decision.phase());
            }
            left = pause.untilNanos() - clock.nanos();
        }
        return decision.tick(clock.nanos());
    }

    private static String firstCause(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; depth < 100 && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    /**
     * How a start-up ended.
     *
     * @param end {@link Ready} or {@link Exit}
     * @param report every try in order
     */
    public record Result(Directive end, List<StartupDecision.Attempt> report) {
        public Result {
            report = List.copyOf(report);
        }

        /** 0 when ready, else the exit code of the failed start-up (3). */
        public int exitCode() {
            return end instanceof Exit exit ? exit.code() : 0;
        }

        /** A few lines for people: what passed, what failed, with limits and causes. */
        public String text() {
            StringBuilder text = new StringBuilder();
            for (StartupDecision.Attempt attempt : report) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-14s %-20s try %d  %8.3f s  %s%n",
                        attempt.phase(),
                        attempt.step(),
                        attempt.attempt(),
                        attempt.tookNanos() / 1e9,
                        attempt.outcome()));
            }
            if (end instanceof Exit exit) {
                text.append(String.format(
                        Locale.ROOT,
                        "start-up failed: phase %s, step %s: %s after %.3f s (limit %.3f s); first error: %s; exit code %d%n",
                        exit.phase(),
                        exit.step(),
                        exit.reason(),
                        exit.elapsedNanos() / 1e9,
                        exit.limitNanos() / 1e9,
                        exit.cause(),
                        exit.code()));
            }
            return text.toString();
        }
    }
}
