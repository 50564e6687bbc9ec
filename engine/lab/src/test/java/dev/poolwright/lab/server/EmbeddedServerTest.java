package dev.poolwright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class EmbeddedServerTest {

    @Test
    void writesAsDurablyAsAnOrdinaryServerAndHasTheConnectionsAskedFor() throws Exception {
        try (Connection session = Shared.admin()) {
            assertThat(setting(session, "fsync")).isEqualTo("on");
            assertThat(setting(session, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(session, "full_page_writes")).isEqualTo("on");
            assertThat(setting(session, "max_connections")).isEqualTo("40");
            assertThat(setting(session, "server_version_num")).startsWith("17");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        DatabaseUrl url = Shared.server().url();
        DatabaseUrl open = new DatabaseUrl(url.host(), url.port(), "postgres", "postgres", Optional.empty(), Map.of());
        assertThatThrownBy(() -> open.open("test", Duration.ofSeconds(5))).isInstanceOf(SQLException.class);
        try (Connection session = Shared.admin()) {
            assertThat(Sql.column(session, "select distinct auth_method from pg_hba_file_rules"))
                    .containsExactly("scram-sha-256");
        }
        assertThat(Shared.server().folder().resolve("password")).doesNotExist();
    }

    @Test
    void delaysEveryConnectUntilTheDelayIsClosed() throws Exception {
        try (ChangedSetting delay = Shared.server().preAuthDelay(Duration.ofSeconds(1))) {
            assertThat(delay).isNotNull();
            assertThat(connectMillis()).isGreaterThanOrEqualTo(1000);
        }
        assertThat(connectMillis()).isLessThan(1000);
        try (Connection session = Shared.admin()) {
            assertThat(Sql.column(session, "select name from pg_file_settings where sourcefile like '%auto.conf'"))
                    .isEmpty();
        }
    }

    @Test
    void putsBackTheSettingThatWasThereBefore() throws Exception {
        try (Connection session = Shared.admin();
                ChangedSetting outer = ChangedSetting.change(Shared.server().url(), "deadlock_timeout", "2000")) {
            try (ChangedSetting inner = ChangedSetting.change(Shared.server().url(), "deadlock_timeout", "3000")) {
                assertThat(inner).isNotSameAs(outer);
                assertThat(Shared.soon(
                                () -> setting(session, "deadlock_timeout").equals("3s")))
                        .isTrue();
            }
            assertThat(Shared.soon(() -> setting(session, "deadlock_timeout").equals("2s")))
                    .isTrue();
        }
    }

    @Test
    void refusesADelayTheServerCannotKeep() {
        assertThatThrownBy(() -> Shared.server().preAuthDelay(Duration.ofMillis(1500)))
                .hasMessageContaining("pre_auth_delay = PT1.5S")
                .hasMessageContaining("1 to 60");
    }

    @Test
    void leavesNeitherProcessNorFolder() throws Exception {
        EmbeddedServer server = LabServer.embedded(new EmbeddedSettings(Shared.name(), 20, Shared.HOME), Shared.CLOCK);
        Postmaster postmaster = Postmaster.of(server.folder().resolve("data")).orElseThrow();
        try (Connection held = server.url().open("test", Duration.ofSeconds(5))) {
            assertThat(held.isValid(1)).isTrue();
            CleanUp cleanUp = server.stop();
            assertThat(cleanUp.leftovers()).isEmpty();
            assertThat(cleanUp.removed()).hasSize(2);
        }
        assertThat(postmaster.alive()).isFalse();
        assertThat(Files.exists(server.folder())).isFalse();
    }

    @Test
    void doesNotTakeTheFolderOfAnotherRun() {
        RunName taken = new RunName(Shared.server().folder().getFileName().toString());
        assertThatThrownBy(() -> LabServer.embedded(new EmbeddedSettings(taken, 20, Shared.HOME), Shared.CLOCK))
                .isInstanceOf(ServerRefusal.class)
                .hasMessageContaining("cannot be made");
        assertThat(Shared.server().folder()).exists();
    }

    private static long connectMillis() throws SQLException {
        long begin = Shared.CLOCK.nanos();
        Shared.admin().close();
        return (Shared.CLOCK.nanos() - begin) / 1_000_000;
    }

    private static String setting(Connection session, String name) throws SQLException {
        return Sql.text(session, "select current_setting(?)", name).orElseThrow();
    }
}
