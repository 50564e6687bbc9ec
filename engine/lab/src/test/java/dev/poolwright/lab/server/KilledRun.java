package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A run in a process of its own, for tests that end it from outside. */
final class KilledRun {

    private KilledRun() {}

    /** Arguments: home, run id, "interrupts" or nothing. The URL of a second server is in POOLWRIGHT_TEST_URL. */
    public static void main(String[] arguments) throws InterruptedException {
        Clock clock = Clock.system();
        RunName run = new RunName(arguments[1]);
        LabServer shared = LabServer.at(DatabaseUrl.parse(System.getenv("POOLWRIGHT_TEST_URL"), Map.of()));
        RunDatabase database = RunDatabase.create(
                shared, run, new GuardRails(Optional.empty()).check(shared, run, Shared.limits(5)), clock);
        EmbeddedServer server = LabServer.embedded(new EmbeddedSettings(run, 20, Path.of(arguments[0])), clock);
        if (arguments.length > 2) {
            Interrupts interrupts = Interrupts.watch(System.out::println, clock);
            interrupts.register("embedded server", server::stop);
            interrupts.register("run database", database::end);
        }
        System.out.println("up");
        new CountDownLatch(1).await();
    }
}
