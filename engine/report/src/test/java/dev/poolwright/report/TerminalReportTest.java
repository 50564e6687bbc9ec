package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.proof.ProofResult.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalReportTest {

    private static final TerminalReport PLAIN = new TerminalReport(Ansi.OFF, 80);

    @Test
    void checkPrintsFindingsWithTheirTermsAndASummary() {
        assertThat(PLAIN.check(
                        "examples/netra/before-1278.yaml",
                        List.of(Samples.budget(), Samples.pathBudget()),
                        List.of(),
                        true,
                        Excerpts.NONE))
                .isEqualTo("""
                        PW010 error: the pools together can ask for more connections than the server has
                          at before-1278.yaml:12
                          pool size + overflow   = 25     app/database.py:51
                          processes x instances  = 2 x 4  deploy/backend.yaml:12
                          max_connections        = 100 (3 reserved, plan with 80 %: 77)
                          do: size 7 with no overflow, or a pooler in front
                          why: docs/rules/PW010.md

                        PW014 warning: a start of new instances can need more of the path than it
                                       carries before it scales out
                          at before-1278.yaml:9
                          connections  = 50, buffer 5  before-1278.yaml:9
                          do: open fewer connections at the start, or wait longer than the scale-out
                              takes
                          why: docs/rules/PW014.md

                        1 error, 1 warning in examples/netra/before-1278.yaml
                        """);
        assertThat(PLAIN.check("a.yaml", List.of(), List.of(), false, Excerpts.NONE))
                .isEqualTo("no findings in a.yaml\n");
    }

    @Test
    void proveJoinsTheChainByThereforeAndThenInSecondsOfThePlan() {
        String text = PLAIN.prove(Samples.proof(), "target/proof.html");

        assertThat(text)
                .contains("before-1278.yaml in connector-scaling  met\n")
                .contains("  check  PW010 error, PW014 warning\n")
                .contains("  sim    BREAKS, owner: path\n")
                .contains("  lab    BREAKS in 5 of 5, owner: path\n")
                .contains("   25.2 s  path.full vpc (31 times): 50 of 50 connections, 1 waits\n")
                .contains("   25.9 s  therefore connect.slow backend")
                .contains("  112.0 s  then deadline.missed backend/chat")
                .containsPattern("acquire wait p99 +56.0 ms +76.0 ms +no bound +20.0 ms +11.4 ms +OUT")
                .endsWith("proven: 2 expectations, 2 met in 6.9 min (examples/netra, seed 7)\n"
                        + "report: target/proof.html\n");
    }

    @Test
    void noLineOfAProofIsWiderThanTheTerminal() {
        String text = PLAIN.prove(Samples.proof(), "");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void colourIsWrittenOnlyWhenToldSo() {
        assertThat(PLAIN.prove(Samples.proof(), "")).doesNotContain("\u001b");
        assertThat(new TerminalReport(Ansi.ON, 80).prove(Samples.proof(), "")).contains("\u001b[31mBREAKS\u001b[0m");
    }

    @Test
    void missedAndUntriedExpectationsSayWhy() {
        String text = PLAIN.prove(
                Samples.proofOf(
                        Samples.with(Samples.before("a.yaml"), State.NOT_MET, "it broke in another way"),
                        Samples.skipped()),
                "");
        assertThat(text)
                .contains("it broke in another way")
                .contains("not run: it was not asked for")
                .contains("not proven: 2 expectations, 1 not met, 1 skipped");
    }

    @Test
    void simAndLabShowVerdictChainLoadsAndHealth() {
        assertThat(PLAIN.sim(Samples.broken("sim", "before-1278.yaml", 1)))
                .startsWith("before-1278.yaml, connector-scaling, seed 7, 2.3 min at real time\n")
                .contains("success = 61.4 % during")
                .contains("backend/chat     5600   75.0 %");
        assertThat(PLAIN.lab(List.of(Samples.holding("lab", "a.yaml", 4), Samples.broken("lab", "a.yaml", 4))))
                .contains("HOLDS in 1 of 2, BREAKS in 1 of 2")
                .contains("health: evidence 1840 of 1840, lag p99 3.00 ms");
    }
}
