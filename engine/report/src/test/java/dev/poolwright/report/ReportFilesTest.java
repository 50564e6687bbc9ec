package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.report.ReportFiles.CannotWriteReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @TempDir
    private Path folder;

    @Test
    void fileReplacesTheOneBeforeAndLeavesNothingBesideIt() throws IOException {
        Path file = folder.resolve("new/proof.xml");
        ReportFiles.write(file, "first");
        ReportFiles.write(file, "second");

        assertThat(file).hasContent("second");
        try (Stream<Path> beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void fileWhereAFolderIsNeededGivesOneClearError() throws IOException {
        Path blocked = folder.resolve("taken");
        Files.writeString(blocked, "a file");

        assertThatThrownBy(() -> ReportFiles.write(blocked.resolve("proof.xml"), "x"))
                .isInstanceOf(CannotWriteReport.class)
                .hasMessageStartingWith("cannot write report: file = " + blocked.resolve("proof.xml") + ": ")
                .hasMessageEndingWith("; choose another folder with --report");
    }

    @Test
    void fullDiskLeavesTheOldReportAndNothingHalfWritten() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()),
                "only root can mount a small disk");
        try {
            Path file = disk.resolve("proof.xml");
            ReportFiles.write(file, "old");

            assertThatThrownBy(() -> ReportFiles.write(file, "x".repeat(200_000)))
                    .isInstanceOf(CannotWriteReport.class)
                    .hasMessage("cannot write report: file = " + file
                            + ": No space left on device; choose another folder with --report");
            assertThat(file).hasContent("old");
            try (Stream<Path> beside = Files.list(disk)) {
                assertThat(beside).containsExactly(file);
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such command here, so it did not succeed.
            return false;
        }
    }
}
