package dev.poolwright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    private static final String SECRET = "Geh3imnis";

    @Test
    void readsBothForms() {
        DatabaseUrl libpq =
                DatabaseUrl.parse("postgresql://anna:p%40ss@db.example:5433/shop?sslmode=require", Map.of());
        assertThat(libpq.password().orElseThrow().reveal()).isEqualTo("p@ss");
        assertThat(libpq).hasToString("postgresql://anna:***@db.example:5433/shop?sslmode=require");
        assertThat(libpq.revealedUrl()).isEqualTo("postgresql://anna:p%40ss@db.example:5433/shop?sslmode=require");
        assertThat(DatabaseUrl.parse("jdbc:postgresql://[::1]/shop?user=anna&password=p%40ss", Map.of()))
                .isEqualTo(DatabaseUrl.parse("postgres://anna:p%40ss@[::1]:5432/shop", Map.of()));
    }

    @Test
    void takesFromTheEnvironmentWhatTheTextLeavesOut() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://h/d", Map.of("PGUSER", "anna", "PGPASSWORD", SECRET));
        assertThat(url.user()).isEqualTo("anna");
        assertThat(url.password().orElseThrow().reveal()).isEqualTo(SECRET);
    }

    @Test
    void takesThePasswordFromTheFirstLineThatFits(@TempDir Path folder) throws Exception {
        Path file = Files.write(
                folder.resolve("pgpass"),
                List.of("# h:5432:d:anna:no", "h:5433:*:anna:no", "h:*:d:anna:a\\:b\\\\c", "*:*:*:*:last"));
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://anna@h/d", Map.of("PGPASSFILE", file.toString())))
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        DatabaseUrl url = DatabaseUrl.parse("postgresql://anna@h/d", Map.of("PGPASSFILE", file.toString()));
        assertThat(url.password().orElseThrow().reveal()).isEqualTo("a:b\\c");
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://h1,h2:70000/d?socketFactory=x", Map.of()))
                .isInstanceOfSatisfying(
                        ServerRefusal.class,
                        refusal -> assertThat(refusal.problems()).hasSize(4))
                .hasMessageContaining("more than one server")
                .hasMessageContaining("port = 70000")
                .hasMessageContaining("names no user")
                .hasMessageContaining("option socketFactory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:SECRET",
                "mysql://u:SECRET@h/d",
                "postgresql://u:SECRET@h:port/d",
                "postgresql://u:SECRET/x@h/d",
                "postgresql://u:1/SECRET@h/d",
                "postgresql://u:1?SECRET@h/d",
                "postgresql://u:a?SECRET@h/d",
                "postgresql://u:SECRET#@h/d",
                "postgresql://u:SECRET%zz@h/d",
                "postgresql://u:SECRET@h/d?nonsense=SECRET",
                "postgresql://u:SECRET@h/d?password=SECRET&password=SECRET",
                "postgresql://u@h/d?user=v&password=SECRET&sslpassword=SECRET",
                "postgresql://u:SECRET@/d?host=/tmp",
                "u:SECRET@h",
                "SECRET"
            })
    void neverRepeatsAPasswordHoweverTheTextIsWrong(String form) {
        assertThatThrownBy(() -> DatabaseUrl.parse(form.replace("SECRET", SECRET), Map.of()))
                .satisfies(DatabaseUrlTest::hidesTheSecret);
    }

    @Test
    void neverPrintsThePassword() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://u:" + SECRET + "@h/d", Map.of());
        assertThat(url.toString()
                        + url.password()
                        + LabServer.at(url)
                        + url.inSchema("s")
                        + url.inDatabase("e")
                        + url.jdbcUrl())
                .doesNotContain(SECRET);
    }

    static void hidesTheSecret(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain(SECRET);
            for (Throwable suppressed : each.getSuppressed()) {
                hidesTheSecret(suppressed);
            }
        }
    }
}
