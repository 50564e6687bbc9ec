package dev.poolwright.scan.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecretsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "DB_PASSWORD, hunter2, ***",
                "PGPASSWORD, hunter2, ***",
                "API_KEY, abcdef, ***",
                "JWT_SECRET, abcdef, ***",
                "MAX_TOKENS, 4096, 4096",
                "KEYCLOAK_ENABLED, true, true",
                "POOL_SIZE, 20, 20",
                "DATABASE_URL, postgres://u:p@db/shop, postgres://***:***@db/shop",
                "JDBC, jdbc:mysql://db/shop?user=root&password=x, jdbc:mysql://db/shop?user=***&password=***",
                "OTHER, AKIAIOSFODNN7EXAMPLE, ***",
                "DB_PASSWORD, ${DB_PASSWORD}, ${DB_PASSWORD}",
            })
    void secretsAreMaskedAndSettingsAreNot(String name, String value, String masked) {
        assertThat(Secrets.masked(name, value)).isEqualTo(masked);
    }

    @Test
    void secretsInCommandsAreMasked() {
        assertThat(Secrets.masked(List.of("run", "--db-password", "x", "--token=y", "postgres://a:b@c/d")))
                .doesNotContain("x")
                .contains("postgres://***:***@c/d");
    }
}
