package dev.poolwright.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.files.ProxyFaultsFile.Wanted;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.ProxyFault;
import dev.poolwright.model.scenario.ProxyFault.When;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyFaultsFileTest {

    @Test
    void jsonSaysWhatHappensAndWhen() throws Problems {
        List<Wanted> wanted = ProxyFaultsFile.read("body", """
                {"faults": [{"fault": "latency", "adds": "20ms", "jitter": "5ms", "name": "slow"},
                            {"fault": "stall", "way": "to_client", "at": "5s", "for": "10s", "share": "50%", "seed": "7"}]}
                """);
        assertThat(wanted.get(0).name()).isEqualTo("slow");
        assertThat(wanted.get(0).fault())
                .isEqualTo(new Fault.Latency(
                        "", Duration.ZERO, Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(5)));
        assertThat(wanted.get(1).name()).isEqualTo("stall");
        assertThat(wanted.get(1).seed()).isEqualTo(7);
        assertThat(wanted.get(1).fault())
                .isEqualTo(new ProxyFault.Stall(
                        new When("", Duration.ofSeconds(5), Duration.ofSeconds(10), 0.5), ProxyFault.Way.TO_CLIENT));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithWhatIsAllowed() {
        assertThatThrownBy(() -> ProxyFaultsFile.read("body", """
                        faults:
                          - {fault: latencey, adds: 20ms}
                          - {fault: latency, adds: 20, jitter: 1s}
                          - {fault: bandwidth, rate: 0.1kbps}
                          - {fault: connect_rate, rate: 1/h}
                          - {fault: slow_auth, adds: 2d, colour: red}
                          - {fault: fail_over, to: nowhere}
                          - {fault: start_instances, count: 2}
                          - {fault: reset, share: 0%}
                          - {fault: reset}
                        """))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("do: write latency")
                .hasMessageContaining("faults[1].adds = 20")
                .hasMessageContaining("faults[2].rate = 100 bits a second (allowed: 0.8kbps or more")
                .hasMessageContaining("allowed: 0.001/s or more")
                .hasMessageContaining("allowed: up to 1d")
                .hasMessageContaining("colour")
                .hasMessageContaining("write for example 127.0.0.1:5433")
                .hasMessageContaining("start_instances")
                .hasMessageContaining("must be above zero: faults[7].share = 0%")
                .hasMessageContaining("written twice");
        assertThatThrownBy(() -> ProxyFaultsFile.read("body", "{}")).hasMessageContaining("missing: faults");
        assertThatThrownBy(() -> ProxyFaultsFile.read("body", "{\"faults\": [")).isInstanceOf(Problems.class);
    }
}
