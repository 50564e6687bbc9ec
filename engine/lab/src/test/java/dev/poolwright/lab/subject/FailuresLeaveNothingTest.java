package dev.poolwright.lab.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failed engines, failed connects, failed statements and cancelled requests, and engines disposed in between. */
@RequiresSqlAlchemy
class FailuresLeaveNothingTest {

    @Test
    void after200FailuresAnd20DisposesEverythingIsAsBefore(@TempDir Path folder) throws Exception {
        try (TestServer server = new TestServer()) {
            List<Map<String, String>> moments = PythonScript.run(
                    RequiresSqlAlchemy.Python.path(),
                    "failures.py",
                    List.of("200", "20"),
                    server.url(),
                    folder,
                    Duration.ofMinutes(2));
            moments.forEach(System.out::println);
            assertThat(moments).hasSize(3);
            Map<String, String> failed = moments.get(1);
            assertThat(failed).containsEntry("total", "200").containsEntry("disposes", "20");
            assertThat(Integer.parseInt(failed.get("peak_connections"))).isPositive();
            assertThat(held(moments.get(2))).isEqualTo(held(moments.get(0)));
            server.awaitConnections("poolwright-failures", 0);
        }
    }

    private static Map<String, String> held(Map<String, String> moment) {
        Map<String, String> held = new LinkedHashMap<>(moment);
        held.remove("moment");
        return held;
    }
}
