package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Objective.Metric;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.StartupPhase.Kind;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.plan.Topology.PlannedPath;
import dev.poolwright.model.plan.Topology.PlannedPlatform;
import dev.poolwright.model.plan.Topology.PlannedStep;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.verdict.Chain;
import dev.poolwright.model.verdict.Chain.Reach;
import dev.poolwright.model.verdict.Judge;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.model.verdict.Owner;
import dev.poolwright.model.verdict.Verdict;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.StartupPhases;
import dev.poolwright.policy.StartupPhases.Phase;
import dev.poolwright.policy.StartupPhases.Step;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The staging figures of the reference system: path at its cap of 50 while four instances start. */
class ConnectorScalingTest {

    /** @param eager connections that an instance opens in its start-up: 10 in the broken fleet */
    static Plans plans(int eager) {
        Plans plans = Plans.of(
                75, 140 * Plans.SECOND, new Distribution.Lognormal(Duration.ofMillis(400), Duration.ofMillis(1_600)));
        plans.rates = List.of(new RateSegment(20 * Plans.SECOND, 100), new RateSegment(140 * Plans.SECOND, 150));
        plans.instances = 2;
        plans.warmUp = 5 * Plans.SECOND;
        plans.deadline = 8 * Plans.SECOND;
        plans.path = "vpc";
        plans.paths.add(new PlannedPath("vpc", 50, 250, Plans.MILLI, 30 * Plans.SECOND, 10 * Plans.SECOND));
        plans.overflow = 15;
        plans.acquireTimeout = 90 * Plans.SECOND;
        plans.connectTimeout = 35 * Plans.SECOND;
        plans.serverConnections = 97;
        plans.connectNanos = 25 * Plans.MILLI;
        plans.platform = new PlannedPlatform(240 * Plans.SECOND, 45 * Plans.SECOND, 300 * Plans.SECOND);
        plans.startup = new StartupPhases(List.of(
                new Phase("INIT", Duration.ofSeconds(5), List.of()),
                new Phase(
                        "DATABASE",
                        Duration.ofSeconds(75),
                        List.of(
                                new Step(
                                        "connect main",
                                        Wait.atMost(Duration.ofSeconds(35)),
                                        Backoff.constant(Duration.ofSeconds(2)),
                                        Integer.MAX_VALUE),
                                new Step("query main", Wait.atMost(Duration.ofSeconds(25)), Backoff.NONE, 1)))));
        plans.steps = List.of(
                List.of(),
                List.of(
                        new PlannedStep(Kind.CONNECT, "app/main", eager, 0),
                        new PlannedStep(Kind.QUERY, "app/main", 1, 50 * Plans.MILLI)));
        plans.faults.add(
                new Fault.PathCap("vpc", Duration.ofSeconds(20), Duration.ofSeconds(60), 50, Duration.ofSeconds(30)));
        plans.faults.add(new Fault.StartInstances("app", Duration.ofSeconds(25), 4));
        plans.objectives.add(new Objective(Metric.SUCCESS, 0.8, Window.DURING, Origin.NONE));
        plans.objectives.add(new Objective(Metric.SUCCESS, 0.99, Window.AFTER, Origin.NONE));
        plans.objectives.add(new Objective(Metric.RECOVERY, 60e9, Window.AFTER, Origin.NONE));
        return plans;
    }

    @Test
    void theChainOfTheIncidentIsReproducedAndThePathIsProvenToCauseIt() {
        Plan plan = plans(10).plan();
        var record = Simulator.run(plan);
        Verdict verdict = Judge.judge(record, plan);
        Verdict proven = Judge.withProof(verdict, ChainProof.prove(plan, verdict.chain()));

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.BREAKS);
        assertThat(verdict.chain()
                        .contains(List.of(
                                new Link(LinkKind.PATH_FULL, "vpc"),
                                new Link(LinkKind.CONNECT_SLOW, "app"),
                                new Link(LinkKind.PHASE_OVER, "app/DATABASE"),
                                new Link(LinkKind.EXIT_3, "app"))))
                .as(verdict.chain().toString())
                .isTrue();
        assertThat(proven.chain().joints())
                .filteredOn(joint -> joint.link().kind() == LinkKind.PATH_FULL)
                .extracting(Chain.Joint::reach)
                .containsExactly(Reach.THEREFORE);
        assertThat(proven.owner()).isEqualTo(Owner.PATH);
    }

    @Test
    void withoutTheFaultTheSameFleetHolds() {
        Plan plan = plans(10).plan().control();
        Verdict verdict = Judge.judge(Simulator.run(plan), plan);
        assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Verdict.Outcome.HOLDS);
    }

    /** A third of the load, so that a fleet inside its path's budget can carry it: 6 instances × 7 of 50 less a buffer of 5. */
    private static Plans lighter(int size, int overflow) {
        Plans plans = plans(size);
        plans.rates = List.of(new RateSegment(140 * Plans.SECOND, 25));
        plans.size = size;
        plans.overflow = overflow;
        return plans;
    }

    @Test
    void theMendedFleetHoldsWhatBreaksTheOther() {
        Plan before = lighter(10, 15).plan();
        Verdict broken = Judge.judge(Simulator.run(before), before);
        assertThat(broken.chain()
                        .contains(List.of(
                                new Link(LinkKind.PATH_FULL, "vpc"),
                                new Link(LinkKind.CONNECT_SLOW, "app"),
                                new Link(LinkKind.PHASE_OVER, "app/DATABASE"),
                                new Link(LinkKind.EXIT_3, "app"))))
                .as(broken.toString())
                .isTrue();
        assertThat(Judge.withProof(broken, ChainProof.prove(before, broken.chain()))
                        .owner())
                .isEqualTo(Owner.PATH);

        Plan after = lighter(7, 0).plan();
        Verdict mended = Judge.judge(Simulator.run(after), after);
        assertThat(mended.outcome()).as(mended.toString()).isEqualTo(Verdict.Outcome.HOLDS);
    }
}
