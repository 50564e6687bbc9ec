package dev.poolwright.cli;

import dev.poolwright.files.problem.Problems;
import dev.poolwright.lab.server.ServerRefusal;
import dev.poolwright.report.ReportFiles.CannotWriteReport;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in the user's terms; only an error of our own shows its stack. */
final class Failures {

    private static final int WRONG_USE = 2;
    private static final int OUR_OWN = 70;

    private Failures() {}

    static int tell(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof Problems
                || failure instanceof ServerRefusal
                || failure instanceof CannotWriteReport
                || failure instanceof WrongUse
                || failure instanceof IOException) {
            command.getErr().println(message(failure));
            return WRONG_USE;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return WRONG_USE;
        }
        command.getErr()
                .println("poolwright: this is an error of Poolwright itself; please report it with what follows:");
        failure.printStackTrace(command.getErr());
        return OUR_OWN;
    }

    private static String message(Exception failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        // its message is the path alone
        return failure instanceof FileSystemException system && system.getReason() == null
                ? message + ": " + words(system)
                : message;
    }

    /** {@code NoSuchFileException} as {@code no such file}. */
    private static String words(FileSystemException failure) {
        return failure.getClass()
                .getSimpleName()
                .replaceAll("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** The command was used in a way that cannot work; the message says what is wrong and what to do. */
    static final class WrongUse extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongUse(String message) {
            super(message);
        }
    }
}
