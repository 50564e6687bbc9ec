package dev.poolwright.model.plan;

import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Hold;
import dev.poolwright.model.fleet.Load;
import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Work;
import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.scenario.ArrivalPattern;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.Scenario;
import dev.poolwright.model.scenario.Scenario.RateStep;
import dev.poolwright.policy.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Makes the plan of a fleet, a scenario and a seed at a speed. Pure: the same inputs give the same plan. */
public final class Planner {

    private static final Duration UNSAID_DURATION = Duration.ofSeconds(30);

    private static final int RAMP_PARTS = 50;

    private final Fleet fleet;
    private final Scenario scenario;
    private final double speed;
    private final List<String> knees = new ArrayList<>();
    private final List<String> assumptions = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    private Planner(Fleet fleet, Scenario scenario, double speed) {
        this.fleet = fleet;
        this.scenario = scenario;
        this.speed = speed;
    }

    /**
     * The plan.
     *
     * @param scenario whose needs the fleet has (the reader checked that)
     * @param speed at least 1; 1 is real time
     */
    public static Plan plan(Fleet fleet, Scenario scenario, long seed, double speed) {
        if (!(speed >= 1)) {
            throw new IllegalArgumentException("speed = " + speed + ": must be at least 1");
        }
        return new Planner(fleet, scenario, speed).plan(seed);
    }

    private Plan plan(long seed) {
        Topology topology = new TopologyPlanner(fleet, speed, assumptions, unknown).topology();
        List<Fault> faults = scenario.faults().stream()
                .map(fault -> fault.atSpeed(speed))
                .sorted(Comparator.comparing(Fault::at))
                .toList();
        long duration = scaled(duration());
        Plan.Header header = new Plan.Header(
                fleet.name(), fleet.environment(), scenario.name(), seed, speed, scaled(scenario.warmUp()), duration);
        List<PlannedLoad> loads = loads(topology, duration);
        return new Plan(header, topology, loads, faults, objectives(), new Plan.Notes(knees, assumptions, unknown));
    }

    /** The end of the last rate step or fault, whichever is later. */
    private Duration duration() {
        Duration longest = scenario.loads().values().stream()
                .flatMap(List::stream)
                .map(RateStep::until)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration faultsEnd = scenario.faults().stream()
                .map(Fault::end)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration replayed = scenario.arrivals().values().stream()
                .map(Planner::lasts)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration end = Stream.of(longest, faultsEnd, replayed)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return end.isZero() ? scenario.warmUp().plus(UNSAID_DURATION) : end;
    }

    /** A replay goes on until after its last arrival. */
    private static Duration lasts(ArrivalPattern pattern) {
        return pattern instanceof ArrivalPattern.Replay replay
                ? Duration.ofNanos(replay.nanos().get(replay.nanos().size() - 1))
                        .plusMillis(1)
                : Duration.ZERO;
    }

    private List<Objective> objectives() {
        List<Objective> stated = scenario.objectives().isEmpty() ? fleet.objectives() : scenario.objectives();
        return stated.stream().map(one -> one.atSpeed(speed)).toList();
    }

    private List<PlannedLoad> loads(Topology topology, long duration) {
        List<PlannedLoad> planned = new ArrayList<>();
        for (Service service : fleet.services().values()) {
            for (Load load : service.loads().values()) {
                planned.add(load(topology, service, load, duration));
            }
        }
        for (Service service : fleet.services().values()) {
            for (Service.CalledBy call : service.calledBy()) {
                planned.stream()
                        .filter(load -> load.name().equals(call.service() + "/" + call.load()))
                        .findFirst()
                        .map(caller -> called(service, call, caller))
                        .ifPresent(planned::add);
            }
        }
        return planned;
    }

    private PlannedLoad load(Topology topology, Service service, Load load, long duration) {
        String name = service.name() + "/" + load.name();
        List<Borrow> borrows = new ArrayList<>();
        if (!load.pool().isEmpty()) {
            borrows.add(borrow(service, load.pool(), load.atOnce(), false, load.hold()));
        }
        for (Load.Then then : load.then()) {
            borrows.add(borrow(service, then.pool(), 1, !then.whileHolding().isEmpty(), then.hold()));
        }
        Knee knee = KneeFinder.find(topology, service.name(), borrows);
        double declared = load.perSecond().or(Double.NaN) * speed;
        if (Double.isNaN(declared)) {
            unknown.add("rate of " + name + " is not known");
            declared = 0;
        }
        knees.add(String.format(
                Locale.ROOT,
                "%s: knee %.1f/s (%s), declared %.1f/s",
                name,
                knee.perSecond() / speed,
                knee.boundBy(),
                declared / speed));
        boolean ofNoKnee = Double.isInfinite(knee.perSecond())
                && scenario.loads().getOrDefault(name, List.of()).stream()
                        .anyMatch(step -> step.rate().kind() == Scenario.Rate.Kind.OF_THE_KNEE);
        if (ofNoKnee) {
            unknown.add("rate of " + name + " is written in per cent of a knee, and it has none");
            return new PlannedLoad(
                    name,
                    service.name(),
                    name,
                    List.of(new RateSegment(duration, 0)),
                    borrows,
                    scaledWait(load.deadline().nanos()),
                    0,
                    Backoff.NONE);
        }
        return new PlannedLoad(
                name,
                service.name(),
                name,
                rates(name, declared, knee, duration),
                borrows,
                scaledWait(load.deadline().nanos()),
                load.retries().most(),
                new Backoff(
                        Duration.ofNanos(scaled(load.retries().backoff().first())),
                        load.retries().backoff().factor(),
                        Duration.ofNanos(scaled(load.retries().backoff().most())),
                        load.retries().backoff().jitter()),
                load.work(),
                pattern(name));
    }

    private ArrivalPattern pattern(String name) {
        ArrivalPattern pattern = scenario.arrivals().getOrDefault(name, ArrivalPattern.poisson());
        return pattern instanceof ArrivalPattern.Replay replay ? replay.atSpeed(speed) : pattern;
    }

    private PlannedLoad called(Service service, Service.CalledBy call, PlannedLoad caller) {
        return new PlannedLoad(
                service.name() + "/" + call.service() + "." + call.load(),
                service.name(),
                caller.arrivalEntity(),
                caller.rates(),
                List.of(borrow(service, call.pool(), 1, false, call.hold())),
                caller.deadlineNanos(),
                0,
                Backoff.NONE,
                Work.sleep(),
                caller.pattern());
    }

    private Borrow borrow(Service service, String pool, int connections, boolean nested, Hold hold) {
        return new Borrow(
                service.name() + "/" + pool,
                connections,
                nested,
                hold.inDatabase().times(1 / speed),
                hold.outside().times(1 / speed),
                hold.onCpu());
    }

    private List<RateSegment> rates(String name, double declared, Knee knee, long duration) {
        if (scenario.arrivals().get(name) instanceof ArrivalPattern.Replay replay) {
            return List.of(new RateSegment(duration, replay.nanos().size() / (duration / 1e9)));
        }
        List<RateStep> steps = scenario.loads().getOrDefault(name, List.of());
        List<RateSegment> segments = new ArrayList<>();
        double before = declared;
        long begin = 0;
        for (RateStep step : steps) {
            double perSecond = switch (step.rate().kind()) {
                case OF_THE_KNEE -> step.rate().amount() * knee.perSecond();
                case OF_THE_DECLARED -> step.rate().amount() * declared;
                case PER_SECOND -> step.rate().amount() * speed;
            };
            long end = scaled(step.until());
            // A ramp is a flight of small steps, each with the rate of its middle, so that the same number arrives.
            int parts = step.shape() == Scenario.Shape.RAMP ? RAMP_PARTS : 1;
            for (int part = 0; part < parts; part++) {
                double reached = parts == 1 ? 1 : (part + 0.5) / parts;
                segments.add(new RateSegment(
                        begin + (end - begin) * (part + 1) / parts, before + (perSecond - before) * reached));
            }
            before = perSecond;
            begin = end;
        }
        long until = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).untilNanos();
        if (until < duration) {
            segments.add(new RateSegment(duration, before));
        }
        return segments;
    }

    private long scaled(Duration time) {
        return Math.round(time.toNanos() / speed);
    }

    private long scaledWait(long nanos) {
        return nanos == Long.MAX_VALUE ? nanos : Math.round(nanos / speed);
    }
}
