package dev.poolwright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
@Timeout(60)
class LeftoversTest {

    @Test
    void removesWhatAKilledRunLeftAndNothingOfALivingOne() throws Exception {
        RunName run = Shared.name();
        Process process = child(run);
        Path folder = RunFolder.all(Shared.HOME).resolve(run.id());
        try (RunDatabase living = Shared.database(Shared.server(), Shared.name());
                BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("up");
            Postmaster postmaster = Postmaster.of(folder.resolve("data")).orElseThrow();

            // While it lives, nobody touches it.
            assertThat(all()).noneMatch(line -> line.contains(run.id()));
            assertThat(postmaster.alive()).isTrue();

            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            assertThat(postmaster.alive()).isTrue();
            assertThat(folder).exists();

            List<String> removed = new ArrayList<>();
            // The server may take a moment to notice that the keeper is gone.
            assertThat(Shared.soon(() -> {
                        removed.addAll(all().stream()
                                .filter(line -> line.contains(run.id())
                                        || line.contains("process "
                                                + postmaster.process().pid() + ","))
                                .toList());
                        return removed.size() >= 4;
                    }))
                    .isTrue();
            String at = " at " + Shared.server().url() + ", of a run that did not end well";
            assertThat(removed)
                    .containsExactlyInAnyOrder(
                            "removed: embedded server, process "
                                    + postmaster.process().pid() + ", of a run that did not end well",
                            "removed: run folder " + folder + ", of a run that did not end well",
                            "removed: database " + run.onServer() + at,
                            "removed: role " + run.onServer() + at);
            assertThat(postmaster.alive()).isFalse();
            assertThat(folder).doesNotExist();
            try (Connection admin = Shared.admin()) {
                assertThat(Remains.of(run).things(admin)).isEmpty();
                assertThat(Remains.of(living.run()).things(admin)).hasSize(2);
            }
            assertThat(Shared.server().folder()).exists();
            assertThat(String.join("", removed))
                    .doesNotContain(
                            Shared.server().url().password().orElseThrow().reveal());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void cleansUpOnATerminationAndSaysSoInOneLine() throws Exception {
        RunName run = Shared.name();
        Process process = child(run, "interrupts");
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("up");
            // Not Process.destroy: that closes the output too.
            assertThat(process.toHandle().destroy()).isTrue();
            assertThat(lines.readLine()).matches("interrupted: 2 of 2 cleaned up and verified in \\d+ ms");
            assertThat(lines.readLine()).isNull();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(RunFolder.all(Shared.HOME).resolve(run.id())).doesNotExist();
        try (Connection admin = Shared.admin()) {
            assertThat(Remains.of(run).things(admin)).isEmpty();
        }
    }

    @Test
    void leavesAloneWhatAnotherHostMadeOrNobodySigned() throws Exception {
        RunName foreign = Shared.name();
        RunName unsigned = Shared.name();
        Shared.admin(
                "create role " + foreign.onServer(),
                "comment on role " + foreign.onServer() + " is '" + new RunOwner("elsewhere", 1, 1).text() + "'",
                "create role " + unsigned.onServer());
        try (Connection admin = Shared.admin()) {
            assertThat(Leftovers.removeFrom(Shared.server(), Shared.CLOCK))
                    .anyMatch(line -> line.startsWith("left alone: " + foreign.onServer())
                            && line.endsWith("belongs to a run on host elsewhere"))
                    .anyMatch(line -> line.startsWith("left alone: " + unsigned.onServer())
                            && line.contains("does not say whose it is"));
            assertThat(Remains.of(foreign).things(admin)).hasSize(1);
            assertThat(Remains.of(unsigned).things(admin)).hasSize(1);
        } finally {
            Shared.admin("drop role " + foreign.onServer(), "drop role " + unsigned.onServer());
        }
    }

    @Test
    void neverTouchesARunWhoseKeeperIsThereThoughItsProcessSeemsDead() throws Exception {
        try (RunDatabase living = Shared.database(Shared.server(), Shared.name());
                Connection admin = Shared.admin()) {
            String dead = new RunOwner(RunOwner.hostName(), dead(), 1).text();
            Sql.run(
                    admin,
                    "comment on database " + living.run().onServer() + " is '" + dead + "'",
                    "comment on role " + living.run().onServer() + " is '" + dead + "'");
            assertThat(Leftovers.removeFrom(Shared.server(), Shared.CLOCK))
                    .noneMatch(line -> line.contains(living.run().onServer()));
            assertThat(Remains.of(living.run()).things(admin)).hasSize(2);
        }
    }

    @Test
    void doesNotEndAProcessThatOnlyHasTheNumberOfAServer() throws Exception {
        RunFolder folder = RunFolder.create(Shared.HOME, Shared.name());
        Files.writeString(folder.path().resolve("owner"), new RunOwner(RunOwner.hostName(), dead(), 1).text());
        Files.createDirectories(folder.data());
        Files.writeString(
                folder.data().resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + folder.data() + "\n");
        assertThat(Leftovers.removeLocal(Shared.HOME, Shared.CLOCK))
                .contains("removed: run folder " + folder.path() + ", of a run that did not end well");
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void tellsALivingProcessFromADeadOneAndFromALaterOneOfTheSameNumber() throws Exception {
        RunOwner self = RunOwner.current();
        assertThat(self.state()).isEqualTo(RunOwner.State.ALIVE);
        assertThat(RunOwner.parse(self.text())).contains(self);
        assertThat(new RunOwner(self.host(), self.pid(), self.started() - 61_000).state())
                .isEqualTo(RunOwner.State.DEAD);
        assertThat(new RunOwner(self.host(), self.pid(), self.started() - 59_000).state())
                .isEqualTo(RunOwner.State.ALIVE);
        assertThat(new RunOwner(self.host(), dead(), 1).state()).isEqualTo(RunOwner.State.DEAD);
        assertThat(RunOwner.parse("somebody's comment")).isEmpty();
    }

    private static List<String> all() {
        List<String> lines = Leftovers.removeLocal(Shared.HOME, Shared.CLOCK);
        lines.addAll(Leftovers.removeFrom(Shared.server(), Shared.CLOCK));
        return lines;
    }

    private static long dead() throws IOException, InterruptedException {
        Process process = java(List.of("-version"));
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.pid();
    }

    private static Process child(RunName run, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledRun.class.getName(),
                Shared.HOME.toString(),
                run.id()));
        arguments.addAll(List.of(more));
        return java(arguments);
    }

    private static Process java(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("POOLWRIGHT_TEST_URL", Shared.server().url().revealedUrl());
        return builder.start();
    }
}
