package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser. Without one the test is skipped, but never where POOLWRIGHT_CI is set. */
class HtmlInBrowserTest {

    private static final List<String> BROWSERS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    @TempDir
    private Path folder;

    @Test
    void chartsAreDrawnAndTheConsoleStaysEmpty() throws IOException, InterruptedException {
        Path page = folder.resolve("report.html");
        ReportFiles.write(page, HtmlReport.page(Samples.proof(), Samples.ENVELOPE));

        String dom = opened(page);

        // For each of two pairs: the chain or the faults, six strips and the waits.
        assertThat(dom)
                .contains("data-drawn=\"16\"")
                .contains("class=\"badge\"")
                .contains("class=\"limit\" d=\"M");
        assertThat(Files.readString(folder.resolve("log"))).doesNotContain("CONSOLE");
    }

    @Test
    void scriptInANameOfAFleetDoesNotRun() throws IOException, InterruptedException {
        Path page = folder.resolve("report.html");
        String evil = "</script><script>document.title = 'taken'</script>";
        ReportFiles.write(page, HtmlReport.page(Samples.proofOf(Samples.before(evil)), Samples.ENVELOPE));

        String dom = opened(page);

        assertThat(dom).doesNotContain("<title>taken").contains("data-drawn=\"8\"");
    }

    private String opened(Path page) throws IOException, InterruptedException {
        Process browser = new ProcessBuilder(
                        browser(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--enable-logging=stderr",
                        "--window-size=1280,2000",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(folder.resolve("dom").toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
        try {
            assertThat(browser.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            browser.destroyForcibly().waitFor();
        }
        return Files.readString(folder.resolve("dom"));
    }

    private static String browser() {
        return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), BROWSERS.stream())
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseGet(HtmlInBrowserTest::missing);
    }

    private static String missing() {
        String why = "no Chromium found: the HTML report was not opened in a browser (set CHROMIUM to its path)";
        if (System.getenv("POOLWRIGHT_CI") != null) {
            throw new AssertionError(why);
        }
        System.out.println("skipped: " + why);
        return abort(why);
    }
}
