package dev.poolwright.lab.run;

import dev.poolwright.model.plan.Arrivals;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.run.Histogram;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.policy.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Begins the plan's operations at their intended moments whatever became of those before (an open load), and counts what
 * becomes of each. One thread begins them; ends are counted on the threads that report them.
 *
 * <p>A try that fails is followed by another while the load has retries left. The deadline counts from the begin of each try,
 * the intended moment for the first; a caller whose try is still at work then leaves it behind and tries again, and what the
 * old try does is wasted. All of this is as the simulator has it.
 */
final class Generator {

    /**
     * Who waits for a connection leaves at the deadline and tells how long it waited; only who is still at work this much later
     * is left behind.
     */
    private static final long LEAVES_BY_ITSELF_NANOS = 5_000_000;

    private final Plan plan;
    private final RunClock clock;
    private final Map<String, Ingress> services;
    private final Later later;
    private final LabSettings settings;
    private final Acknowledged acknowledged;
    private final Waits waits;
    private final List<Stream> streams = new ArrayList<>();
    private final org.HdrHistogram.Histogram lag = Histogram.recorder();

    Generator(
            Plan plan,
            RunClock clock,
            Map<String, Ingress> services,
            Later later,
            LabSettings settings,
            Acknowledged acknowledged,
            Waits waits,
            Map<String, Tally> tallies) {
        this.plan = plan;
        this.clock = clock;
        this.services = services;
        this.later = later;
        this.settings = settings;
        this.acknowledged = acknowledged;
        this.waits = waits;
        int number = 0;
        for (PlannedLoad load : plan.loads()) {
            Tally tally = tallies.get(load.name());
            if (tally != null) {
                streams.add(new Stream(number++, load, tally, plan.draws()));
            }
        }
    }

    /** Begins every operation of the plan; returns after the last, or when interrupted. */
    void run() {
        Stream next = earliest();
        while (next.intended != Arrivals.END && !Thread.currentThread().isInterrupted()) {
            clock.await(next.intended);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            lag.recordValue(Math.max(0, clock.nanos() - next.intended));
            begin(next);
            next.advance();
            next = earliest();
        }
    }

    /** The 99th percentile of begun − intended, in nanoseconds. */
    long lagP99() {
        return lag.getValueAtPercentile(99);
    }

    private Stream earliest() {
        Stream earliest = streams.get(0);
        for (Stream stream : streams) {
            if (stream.intended < earliest.intended) {
                earliest = stream;
            }
        }
        return earliest;
    }

    private void begin(Stream stream) {
        long intended = stream.intended;
        stream.tally.began(intended);
        attempt(stream, stream.number, intended, stream.holds(plan.draws()), 1, 0);
    }

    private void attempt(
            Stream stream, long number, long intended, List<Operation.Hold> holds, int attempt, long waitedBefore) {
        Ingress ingress = services.get(stream.load.service());
        Optional<Ingress.Slot> slot = ingress == null ? Optional.empty() : ingress.route(number, clock.nanos());
        if (slot.isEmpty()) {
            stream.tally.ended(intended, Outcome.INGRESS_503, waitedBefore, attempt, clock.nanos() - intended);
            return;
        }
        long now = clock.nanos();
        long deadline = plus(attempt == 1 ? intended : now, patience(stream));
        Operation operation = new Operation(
                number,
                stream.load.name(),
                settings.run(),
                stream.index,
                slot.get().process(),
                intended,
                deadline,
                number % settings.evidenceEvery() == 0 && attempt == 1,
                holds);
        AtomicBoolean over = new AtomicBoolean();
        boolean last = attempt > stream.load.retries();
        if (!last && deadline != Long.MAX_VALUE) {
            later.in(deadline - now + LEAVES_BY_ITSELF_NANOS, () -> {
                if (over.compareAndSet(false, true)) {
                    again(stream, operation, attempt, waitedBefore);
                }
            });
        }
        slot.get().instance().execute(operation, ended -> {
            if (ended.wrote()) {
                acknowledged.add(stream.index, number);
            }
            waits.note(slot.get().instance(), processes(stream.load.service()), ended.acquires());
            if (over.compareAndSet(false, true)) {
                finish(stream, operation, ended, attempt, waitedBefore);
            }
        });
    }

    private int processes(String service) {
        return plan.topology().service(service).processes().stream()
                .mapToInt(Topology.PlannedProcess::count)
                .sum();
    }

    /** How long a caller stays with one try: its own deadline, or the platform's limit on a request if that is shorter. */
    private long patience(Stream stream) {
        return Math.min(stream.load.deadlineNanos(), plan.topology().platform().requestTimeoutNanos());
    }

    private static long plus(long moment, long nanos) {
        return nanos > Long.MAX_VALUE - moment ? Long.MAX_VALUE : moment + nanos;
    }

    private void finish(Stream stream, Operation operation, Ended ended, int attempt, long waitedBefore) {
        long now = clock.nanos();
        long waited = waitedBefore + ended.waitedNanos();
        if (attempt > stream.load.retries() || ended.outcome() == Outcome.SUCCEEDED) {
            stream.tally.ended(
                    operation.intendedNanos(), ended.outcome(), waited, attempt, now - operation.intendedNanos());
            return;
        }
        again(stream, operation, attempt, waited);
    }

    /** Tries once more after the load's pause; the draw is that of the simulator. */
    private void again(Stream stream, Operation operation, int attempt, long waited) {
        double draw =
                plan.draws().stream(stream.load.name(), "retry/" + attempt).uniform(operation.number());
        later.in(
                stream.load.backoff().nanos(attempt, draw),
                () -> attempt(
                        stream, operation.number(), operation.intendedNanos(), operation.holds(), attempt + 1, waited));
    }

    /** One load and its next arrival. */
    private static final class Stream {
        private final int index;
        private final PlannedLoad load;
        private final Tally tally;
        private final Arrivals arrivals;
        private final DrawnWork work;
        private long intended;
        private long number;

        Stream(int index, PlannedLoad load, Tally tally, Draws draws) {
            this.index = index;
            this.load = load;
            this.tally = tally;
            arrivals = new Arrivals(draws, load);
            work = new DrawnWork(load, draws);
            intended = arrivals.next();
        }

        void advance() {
            number++;
            intended = arrivals.next();
        }

        List<Operation.Hold> holds(Draws draws) {
            List<Operation.Hold> holds = new ArrayList<>();
            for (int borrow = 0; borrow < load.borrows().size(); borrow++) {
                Borrow planned = load.borrows().get(borrow);
                holds.add(new Operation.Hold(
                        planned.pool(),
                        planned.connections(),
                        planned.nested(),
                        planned.inDatabase().nanos(load.inDatabaseDraws(draws, borrow), number),
                        planned.outside().nanos(load.outsideDraws(draws, borrow), number),
                        borrow == 0 ? work.of(number) : List.of(),
                        work.isTransaction()));
            }
            return holds;
        }
    }
}
