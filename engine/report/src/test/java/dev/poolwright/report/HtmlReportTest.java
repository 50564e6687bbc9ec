package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofResult.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    @Test
    void pageSaysWhatWasExpectedAndWhatCameOfIt() {
        String page = HtmlReport.page(Samples.proof(), Samples.ENVELOPE);
        // Kept under target, so that it can be looked at.
        ReportFiles.write(Path.of("target", "sample-report.html"), page);

        assertThat(page)
                .contains("2 of 2 expectations met.")
                .contains(
                        "Expected: breaks: path.full vpc, connect.slow backend, phase.over backend/DATABASE, exit.3 backend")
                .contains("Owner: path")
                .contains("<span class=\"reach\">therefore</span> <code>connect.slow backend</code>")
                .contains("<span class=\"moment\">100.4 s</span>")
                .contains("ran at 4 x real time")
                .contains("without bound")
                .contains("app/database.py:51")
                .contains("1840 of 1840")
                .contains("Assumed: auth: 100 callers");
    }

    @Test
    void everyStateHasAPage() {
        String page = HtmlReport.page(
                Samples.proofOf(
                        Samples.with(Samples.before("a.yaml"), State.NOT_MET, "it broke in another way"),
                        Samples.with(Samples.after(), State.INVALID, "generator lag p99 = 31 ms: at most 20 ms"),
                        Samples.skipped()),
                Samples.ENVELOPE);
        assertThat(page).contains("Expectation not met.", "Expectation invalid.", "not run: it was not asked for");
    }

    @Test
    void textOfAFleetIsEscapedEverywhere() {
        String evil = "</script><script>alert(1)</script>";
        String page = HtmlReport.page(Samples.proofOf(Samples.before(evil)), Samples.ENVELOPE);

        assertThat(page).doesNotContain("<script>alert(1)").contains("&lt;script&gt;alert(1)");
    }

    @Test
    void pageAsksForNothingFromOutside() {
        String page = HtmlReport.page(Samples.proof(), Samples.ENVELOPE);

        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContainPattern("(src|href)=\"(https?:)?//")
                .doesNotContain("@import");
    }

    @Test
    void tenPairsStayBelowTwoMegabytes() {
        ProofResult pair = Samples.before("before-1278.yaml");
        String page = HtmlReport.page(
                Samples.proofOf(Collections.nCopies(10, pair).toArray(ProofResult[]::new)), Samples.ENVELOPE);

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
    }
}
