package dev.poolwright.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.lab.server.EmbeddedSettings;
import dev.poolwright.lab.server.GuardRails;
import dev.poolwright.lab.server.Interrupts;
import dev.poolwright.lab.server.LabServer;
import dev.poolwright.lab.server.RunName;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.run.Health;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.policy.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LabTest {

    @TempDir
    private static Path home;

    private static LabServer server;
    private static Interrupts interrupts;

    @BeforeAll
    static void startServer() {
        server = LabServer.embedded(new EmbeddedSettings(new RunName("labtest"), 60, home), Clock.system());
        interrupts = Interrupts.watch(line -> {}, Clock.system());
    }

    @AfterAll
    static void stopServer() {
        interrupts.close();
        server.close();
    }

    @Test
    void whatWasAcknowledgedIsOnTheServerAndNothingIsLeft(@TempDir Path folder) throws Exception {
        Plan plan = Plans.saturation(Duration.ofMillis(20), 60, Duration.ofSeconds(1), Duration.ofMillis(300));
        RunRecord record = lab(folder).run(plan, new LabOptions(Set.of(), Map.of()), share -> {});
        Health.Evidence evidence = record.health().evidence();
        assertThat(evidence.needed()).isTrue();
        assertThat(evidence.acknowledged()).isGreaterThan(10);
        assertThat(evidence.complete()).isTrue();
        assertThat(record.health().leftovers()).isEmpty();
    }

    @Test
    void theCalibrationIsOfRealPartsAndBoundsTheSpeed() throws Exception {
        Calibration calibration = Calibration.measure(server, Clock.system());
        assertThat(calibration.connectNanos()).isPositive();
        assertThat(calibration.statementNanos()).isPositive();
        Plan plan = Plans.saturation(Duration.ofMillis(20), 60, Duration.ofSeconds(1), Duration.ofMillis(300));
        SpeedLimit limit = SpeedLimit.of(plan, calibration);
        assertThat(limit.factor()).isGreaterThanOrEqualTo(1);
        assertThat(limit.boundBy()).containsAnyOf("mean hold", "acquire timeout", "operations/s");
        Plan slower = Plans.saturation(Duration.ofMillis(200), 60, Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(SpeedLimit.of(slower, calibration).factor()).isGreaterThanOrEqualTo(limit.factor());
    }

    private static Lab lab(Path folder) {
        return new Lab(server, new GuardRails(Optional.empty()), interrupts, folder, "labtest", Clock.system());
    }
}
