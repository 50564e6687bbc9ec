package dev.poolwright.cli;

import dev.poolwright.policy.Clock;
import dev.poolwright.report.Ansi;
import dev.poolwright.report.ProgressLine;
import dev.poolwright.report.TerminalReport;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where the command writes: what it found to standard output, progress and problems to standard error. */
final class Terminal {

    private static final int NARROWEST = 60;
    private static final int WIDEST = 160;

    private final boolean interactive = interactive();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** JDK 25 went back to a console that is null when there is no terminal (JDK-8351435), which the check does not know. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean interactive() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    TerminalReport report() {
        boolean colour = interactive && System.getenv("NO_COLOR") == null;
        return new TerminalReport(colour ? Ansi.ON : Ansi.OFF, width());
    }

    ProgressLine progress() {
        return new ProgressLine(System.err, interactive, width(), Clock.system());
    }

    void print(String text) {
        out.print(text);
        out.flush();
    }

    void note(String line) {
        System.err.println(line);
    }

    private static int width() {
        String columns = System.getenv("COLUMNS");
        if (columns == null || !columns.matches("[0-9]{1,4}")) {
            return TerminalReport.DEFAULT_WIDTH;
        }
        return Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns)));
    }
}
