package dev.poolwright.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Objective.Window;
import dev.poolwright.model.fleet.Pooler.Mode;
import dev.poolwright.model.fleet.StartupPhase.Kind;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.PlannedLoad.Borrow;
import dev.poolwright.model.plan.PlannedLoad.RateSegment;
import dev.poolwright.model.plan.Topology;
import dev.poolwright.model.plan.Topology.Behaviour;
import dev.poolwright.model.plan.Topology.PlannedPooler;
import dev.poolwright.model.run.LoadResult;
import dev.poolwright.model.run.LoadResult.Outcome;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.ProxyFault;
import dev.poolwright.model.scenario.ProxyFault.When;
import dev.poolwright.model.verdict.Judge;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.model.verdict.Owner;
import dev.poolwright.model.verdict.Verdict;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.StartupPhases;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the parts do, each in the smallest plan that shows it. Every run also checks Little's law and that outcomes sum up. */
class BehaviourTest {

    private static LoadResult whole(RunRecord record) {
        return record.load("app/ask", Window.WHOLE).orElseThrow();
    }

    private static Plans steady() {
        return Plans.of(50, 20 * Plans.SECOND, Plans.constant(100));
    }

    @Test
    void anIncompatiblePoolClassFailsEverySessionAndTheConfigurationOwnsIt() {
        Plans plans = steady();
        plans.incompatible = "Pool class QueuePool cannot be used with asyncio engine";
        Plan plan = plans.plan();
        RunRecord record = Simulator.run(plan);
        assertThat(whole(record).count(Outcome.SESSION_FAILED))
                .isEqualTo(whole(record).offered());
        Verdict verdict = Judge.judge(record, plan);
        assertThat(verdict.chain()).hasToString("pool.incompatible app/main, session.failed app");
        assertThat(Judge.withProof(verdict, ChainProof.prove(plan, verdict.chain()))
                        .owner())
                .isEqualTo(Owner.CONFIGURATION);
    }

    @Test
    void aWaiterIsTimedOutAfterItsFullWaitAndNotBefore() {
        Plans plans = Plans.of(50, 20 * Plans.SECOND, Plans.constant(1_000));
        plans.acquireTimeout = 300 * Plans.MILLI;
        LoadResult result = whole(Simulator.run(plans.plan()));
        assertThat(result.count(Outcome.ACQUIRE_TIMEOUT)).isPositive();
        assertThat(result.acquireWait().maxNanos()).isBetween(299 * Plans.MILLI, 301 * Plans.MILLI);
    }

    @Test
    void theTwentySixthCallerOfTwentyFiveConnectionsWaitsItsFullNinetySeconds() {
        Plans plans = Plans.of(3, 30 * Plans.SECOND, Plans.constant(1_000_000));
        plans.size = 10;
        plans.overflow = 15;
        plans.acquireTimeout = 90 * Plans.SECOND;
        RunRecord record = Simulator.run(plans.plan());
        long timeouts = whole(record).count(Outcome.ACQUIRE_TIMEOUT);
        assertThat(timeouts).isEqualTo(whole(record).offered() - 25).isPositive();
        assertThat(whole(record).count(Outcome.UNFINISHED)).isEqualTo(25);
    }

    @Test
    void aCallerLeavesAtItsDeadlineWhileItWaits() {
        Plans plans = Plans.of(50, 20 * Plans.SECOND, Plans.constant(1_000));
        plans.deadline = 1_500 * Plans.MILLI;
        RunRecord record = Simulator.run(plans.plan());
        assertThat(whole(record).count(Outcome.GAVE_UP)).isPositive();
        assertThat(record.happening(LinkKind.DEADLINE_MISSED, "app")).isPresent();
    }

    @Test
    void aNullPoolOpensOneConnectionForEachBorrowAndIsRefusedByAFullServer() {
        Plans plans = Plans.of(200, 20 * Plans.SECOND, Plans.constant(100));
        plans.behaviour = Behaviour.NULL;
        plans.serverConnections = 15;
        plans.connectNanos = 20 * Plans.MILLI;
        RunRecord record = Simulator.run(plans.plan());
        assertThat(whole(record).count(Outcome.CONNECT_FAILED)).isPositive();
        assertThat(record.happening(LinkKind.SERVER_FULL, "db").orElseThrow().detail())
                .startsWith("15 of 15 connections");
        assertThat(whole(record).acquireWait().maxNanos()).isBetween(19 * Plans.MILLI, 21 * Plans.MILLI);
    }

    @Test
    void aConnectionPastItsLifetimeIsReplacedByANewOne() {
        Plans plans = steady();
        plans.connectNanos = 5 * Plans.MILLI;
        plans.maxLifetime = Plans.SECOND;
        LoadResult result = whole(Simulator.run(plans.plan()));
        long connects = result.acquireWait().bins().stream()
                .filter(bin -> bin.nanos() >= 4 * Plans.MILLI)
                .mapToLong(bin -> bin.count())
                .sum();
        assertThat(connects).isGreaterThan(60);
        assertThat(result.success()).isEqualTo(1);
    }

    @Test
    void nestedBorrowsOfOnePoolLockEachOtherOut() {
        Plans plans = Plans.of(100, 60 * Plans.SECOND, Plans.constant(50));
        Distribution none = Distribution.constant(Duration.ZERO);
        plans.borrows.add(new Borrow("app/main", 1, true, Plans.constant(50), none, 0));
        plans.acquireTimeout = 5 * Plans.SECOND;
        plans.rates = List.of(new RateSegment(5 * Plans.SECOND, 50), new RateSegment(60 * Plans.SECOND, 150));
        LoadResult result = whole(Simulator.run(plans.plan()));
        assertThat(result.success()).isLessThan(0.5);
    }

    @Test
    void aPoolerInTransactionModeServesMoreClientsThanItHasConnections() {
        LoadResult transaction = pooled(Mode.TRANSACTION);
        LoadResult session = pooled(Mode.SESSION);
        assertThat(transaction.success()).isEqualTo(1);
        assertThat(session.success()).isLessThan(0.5);
    }

    /** 20 clients of 2 server connections, which each operation needs for a tenth of its hold. */
    private static LoadResult pooled(Mode mode) {
        Plans plans = Plans.of(100, 20 * Plans.SECOND, Plans.constant(10));
        plans.borrows.set(0, new Borrow("app/main", 1, false, Plans.constant(10), Plans.constant(90), 0));
        plans.size = 20;
        plans.at = "bouncer";
        plans.deadline = 3 * Plans.SECOND;
        plans.poolers.add(new PlannedPooler("bouncer", "db", "", mode, 2, 0, Topology.UNLIMITED, 2 * Plans.SECOND));
        return whole(Simulator.run(plans.plan()));
    }

    @Test
    void withNoReadyInstanceTheIngressAnswers503() {
        Plans plans = steady();
        plans.instances = 0;
        RunRecord record = Simulator.run(plans.plan());
        assertThat(whole(record).count(Outcome.INGRESS_503))
                .isEqualTo(whole(record).offered());
    }

    @Test
    void aRestartCutsWhatIsUnderWayAndServiceGoesOn() {
        Plans plans = steady();
        plans.faults.add(new Fault.RestartInstances("app", Duration.ofSeconds(10)));
        LoadResult result = whole(Simulator.run(plans.plan()));
        assertThat(result.count(Outcome.ERROR)).isBetween(1L, 20L);
        assertThat(result.count(Outcome.SUCCEEDED) + result.count(Outcome.ERROR))
                .isEqualTo(result.offered());
    }

    @Test
    void aFaultThatIsNotModelledLeavesTheVerdictUndecided() {
        Plans plans = steady();
        plans.path = "vpc";
        plans.paths.add(new Topology.PlannedPath("vpc", 50, 50, 0, 0, 0));
        plans.faults.add(new Fault.Reset("vpc", Duration.ofSeconds(5)));
        Plan plan = plans.plan();
        assertThat(Judge.judge(Simulator.run(plan), plan).outcome()).isEqualTo(Verdict.Outcome.UNDECIDED);
    }

    @Test
    void refusedAndUnansweredConnectsAreModelledAndASharePartlyHitIsNot() {
        Plans plans = Plans.of(80, 30 * Plans.SECOND, Plans.constant(100));
        plans.behaviour = Behaviour.NULL;
        plans.path = "vpc";
        plans.paths.add(new Topology.PlannedPath("vpc", 500, 500, 0, 0, 0));
        When all = new When("vpc", Duration.ofSeconds(10), Duration.ofSeconds(5), 1);
        for (ProxyFault fault : List.of(new ProxyFault.Refuse(all), new ProxyFault.AcceptSilent(all))) {
            plans.faults.clear();
            plans.faults.add(fault);
            RunRecord record = Simulator.run(plans.plan());
            assertThat(record.health().unmodelled()).as(fault.word()).isEmpty();
            assertThat(record.happenings().stream()
                            .map(happening -> happening.link().kind()))
                    .as(fault.word())
                    .contains(fault instanceof ProxyFault.Refuse ? LinkKind.CONNECT_REFUSED : LinkKind.CONNECT_SLOW);
            assertThat(record.load("app/ask", Window.AFTER).orElseThrow().success())
                    .as(fault.word())
                    .isGreaterThan(0.98);
        }
        plans.faults.clear();
        plans.faults.add(new ProxyFault.Refuse(new When("vpc", Duration.ofSeconds(10), Duration.ofSeconds(5), 0.5)));
        assertThat(Simulator.run(plans.plan()).health().unmodelled())
                .containsExactly("fault refuse on vpc (a share of connects)");
    }

    @Test
    void aServerLeftWithFewConnectionsRefusesAndRecovers() {
        Plans plans = Plans.of(80, 30 * Plans.SECOND, Plans.constant(100));
        plans.behaviour = Behaviour.NULL;
        plans.serverConnections = 50;
        plans.faults.add(new Fault.ServerFull("db", Duration.ofSeconds(10), Duration.ofSeconds(10), 3));
        RunRecord record = Simulator.run(plans.plan());
        assertThat(record.load("app/ask", Window.DURING).orElseThrow().success())
                .isLessThan(0.6);
        assertThat(record.load("app/ask", Window.AFTER).orElseThrow().success()).isEqualTo(1);
    }

    @Test
    void windowsOfTheSimulatorAreThoseOfThePlan() {
        Plan plan = ConnectorScalingTest.plans(10).plan();
        Windows windows = Windows.of(plan);
        for (long second = 0; second < 140; second++) {
            for (Window window : Window.values()) {
                assertThat(windows.isIn(window, second * Plans.SECOND))
                        .isEqualTo(plan.isIn(window, second * Plans.SECOND));
            }
        }
    }

    @Test
    void aPoolWhoseServerIsLostFallsBackToTheOtherPool() {
        Plans plans = steady();
        plans.serverConnections = 0;
        plans.fallback = true;
        RunRecord record = Simulator.run(plans.plan());
        assertThat(whole(record).success()).isEqualTo(1);
    }

    @Test
    void moreCallersThanAProcessHasWaitForACallerAndNotInThePool() {
        Plans plans = Plans.of(120, 20 * Plans.SECOND, Plans.constant(100));
        plans.callers = 5;
        plans.deadline = Plans.SECOND;
        RunRecord record = Simulator.run(plans.plan());
        assertThat(whole(record).acquireWait().maxNanos()).isZero();
        assertThat(whole(record).count(Outcome.GAVE_UP)).isPositive();
    }

    @Test
    void anInstanceThatIsNotReadyByThePlatformsLimitIsCutAndStartedAgain() {
        Plans plans = steady();
        plans.startup = new StartupPhases(List.of(new StartupPhases.Phase(
                "CACHE",
                Duration.ofMinutes(4),
                List.of(new StartupPhases.Step("work", Wait.forever(), Backoff.NONE, 1)))));
        plans.steps = List.of(List.of(new Topology.PlannedStep(Kind.WORK, "", 1, 9 * Plans.SECOND)));
        plans.platform = new Topology.PlannedPlatform(4 * Plans.SECOND, Plans.SECOND, Plans.NEVER);
        plans.faults.add(new Fault.StartInstances("app", Duration.ofSeconds(1), 1));
        RunRecord record = Simulator.run(plans.plan());
        assertThat(record.happening(LinkKind.START_CUT, "app").orElseThrow().count())
                .isEqualTo(4);
    }

    /** Tries without a pause against a server that refuses at once must not stop time. */
    @Test
    void aStartUpThatFailsAtOnceForEverStillEndsAtItsPhaseLimit() {
        Plans plans = steady();
        plans.instances = 0;
        plans.serverConnections = 0;
        plans.startup = new StartupPhases(List.of(new StartupPhases.Phase(
                "DATABASE",
                Duration.ofSeconds(3),
                List.of(new StartupPhases.Step("connect main", Wait.forever(), Backoff.NONE, Integer.MAX_VALUE)))));
        plans.steps = List.of(List.of(new Topology.PlannedStep(Kind.CONNECT, "app/main", 2, 0)));
        plans.faults.add(new Fault.StartInstances("app", Duration.ofSeconds(1), 1));
        RunRecord record = Simulator.run(plans.plan());
        assertThat(record.happening(LinkKind.EXIT_3, "app").orElseThrow().firstNanos())
                .isEqualTo(4 * Plans.SECOND);
        assertThat(record.series("server/db/open").orElseThrow().values()).containsOnly(0L);
    }

    @Test
    void aCallerWhoseDeadlinePassedInTheDatabaseDoesNotWaitForAnotherConnection() {
        Plans plans = Plans.of(2, 20 * Plans.SECOND, Plans.constant(1_000));
        plans.borrows.add(Plans.borrow(Plans.constant(1_000), 0));
        plans.size = 1;
        plans.deadline = 500 * Plans.MILLI;
        LoadResult result = whole(Simulator.run(plans.plan()));
        assertThat(result.count(Outcome.GAVE_UP)).isPositive();
        assertThat(result.count(Outcome.UNFINISHED)).isZero();
        assertThat(result.latency().maxNanos()).isLessThan(3 * Plans.SECOND);
    }

    @Test
    void aPoolerThatIsNotModelledLeavesTheVerdictUndecided() {
        Plans plans = steady();
        plans.at = "bouncer";
        plans.poolers.add(
                new PlannedPooler("bouncer", "db", "", Mode.STATEMENT, 20, 0, Topology.UNLIMITED, Plans.NEVER));
        Plan plan = plans.plan();
        assertThat(Judge.judge(Simulator.run(plan), plan).outcome()).isEqualTo(Verdict.Outcome.UNDECIDED);
    }
}
