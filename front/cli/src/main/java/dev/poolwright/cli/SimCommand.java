package dev.poolwright.cli;

import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.Judge;
import dev.poolwright.model.verdict.Verdict;
import dev.poolwright.report.JsonReport;
import dev.poolwright.report.ReportFiles;
import dev.poolwright.sim.ChainProof;
import dev.poolwright.sim.Simulator;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code poolwright sim}: runs a fleet through a scenario in virtual time. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description = "Runs a fleet through a scenario in virtual time and judges it.")
final class SimCommand implements Callable<Integer> {

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "writes the run record there")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws Problems {
        Plan plan = options.plan(options.bound(), 1);
        JudgedRun run = simulated(plan);
        Terminal terminal = new Terminal();
        plan.notes().knees().forEach(knee -> terminal.print(knee + System.lineSeparator()));
        terminal.print(terminal.report().sim(run));
        json.ifPresent(file -> ReportFiles.write(file, JsonReport.file(run.record(), Session.envelope())));
        return exitCode(run.verdict());
    }

    /** A simulated run with its verdict; the chain of a break is proven link by link. */
    static JudgedRun simulated(Plan plan) {
        return proven(plan, Simulator.run(plan));
    }

    /** A run of either kind, judged; whether a link of its chain is a "therefore" is asked of the simulator. */
    static JudgedRun proven(Plan plan, RunRecord record) {
        Verdict verdict = Judge.judge(record, plan);
        return new JudgedRun(
                record,
                verdict.outcome() == Verdict.Outcome.BREAKS
                        ? Judge.withProof(verdict, ChainProof.prove(plan, verdict.chain()))
                        : verdict);
    }

    static int exitCode(Verdict verdict) {
        return switch (verdict.outcome()) {
            case HOLDS -> 0;
            case BREAKS -> 1;
            case UNDECIDED, INVALID -> 4;
        };
    }
}
