package dev.poolwright.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.startup.DatabaseUrl.Driver;
import dev.poolwright.startup.DatabaseUrl.Tls;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseUrlTest {

    private static final String AWKWARD = "p@ss/w:rd?&#% +ü";
    private static final String ENCODED = "p%40ss%2Fw%3Ard%3F%26%23%25%20%2B%C3%BC";

    @ParameterizedTest
    @CsvSource({
        "ASYNCPG, postgresql+asyncpg://app:PW@db:5432/shop?ssl=require",
        "PSYCOPG, postgresql+psycopg://app:PW@db:5432/shop?sslmode=require",
        "PSYCOPG2, postgresql+psycopg2://app:PW@db:5432/shop?sslmode=require",
        "PGJDBC, jdbc:postgresql://db:5432/shop?user=app&password=PW&sslmode=require",
        "R2DBC, r2dbc:postgresql://app:PW@db:5432/shop?sslMode=require",
        "LIBPQ, postgresql://app:PW@db:5432/shop?sslmode=require",
    })
    void eachDriverGetsItsOwnFormOverTcp(Driver driver, String wanted) {
        DatabaseUrl url = DatabaseUrl.tcp("db", 5432, "shop").as("app", AWKWARD).tls(Tls.REQUIRE);
        assertThat(url.reveal(driver)).isEqualTo(wanted.replace("PW", ENCODED));
    }

    @ParameterizedTest
    @CsvSource({
        "ASYNCPG, postgresql+asyncpg://app:PW@/shop?host=/cloudsql/acme:us-east1:main",
        "PGJDBC, jdbc:postgresql:///shop?user=app&password=PW&cloudSqlInstance=acme:us-east1:main&socketFactory=com.google.cloud.sql.postgres.SocketFactory",
        "R2DBC, r2dbc:gcp:postgresql://app:PW@acme:us-east1:main/shop",
        "LIBPQ, postgresql://app:PW@/shop?host=/cloudsql/acme:us-east1:main",
    })
    void eachDriverGetsItsOwnFormOfACloudSqlSocket(Driver driver, String wanted) {
        DatabaseUrl url = DatabaseUrl.cloudSql("acme:us-east1:main", "shop").as("app", "PW");
        assertThat(url.reveal(driver)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource(Driver.class)
    void whatIsShownHoldsHostAndDatabaseButNeitherUserNorPassword(Driver driver) {
        DatabaseUrl url = DatabaseUrl.tcp("db.internal", 5432, "shop").as("walter", "hunter2");
        assertThat(url.masked(driver))
                .contains("db.internal", "shop", "***")
                .doesNotContain("walter")
                .doesNotContain("hunter2");
        assertThat(url.toString()).doesNotContain("hunter2").doesNotContain("walter");
    }

    @Test
    void aTestGetsADatabaseInMemory() {
        assertThat(DatabaseUrl.memory().reveal(Driver.ASYNCPG)).isEqualTo("sqlite+aiosqlite:///:memory:");
        assertThat(DatabaseUrl.memory().reveal(Driver.PGJDBC)).startsWith("jdbc:h2:mem:");
        assertThatThrownBy(() -> DatabaseUrl.memory().reveal(Driver.LIBPQ)).hasMessageContaining("libpq");
    }

    @Test
    void theEnvironmentTellsASocketFromAHost() {
        Map<String, String> socket =
                Map.of("POSTGRES_HOST", "/cloudsql/acme:us-east1:main", "POSTGRES_DB", "shop", "POSTGRES_USER", "app");
        assertThat(DatabaseUrl.fromEnvironment(socket).reveal(Driver.LIBPQ))
                .isEqualTo("postgresql://app@/shop?host=/cloudsql/acme:us-east1:main");
        Map<String, String> host = Map.of("POSTGRES_HOST", "::1", "POSTGRES_DB", "shop", "POSTGRES_USER", "app");
        assertThat(DatabaseUrl.fromEnvironment(host).reveal(Driver.LIBPQ))
                .isEqualTo("postgresql://app@[::1]:5432/shop");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithoutThePassword() {
        assertThatThrownBy(() ->
                        DatabaseUrl.fromEnvironment(Map.of("POSTGRES_PASSWORD", "hunter2", "POSTGRES_PORT", "many")))
                .hasMessageContainingAll("POSTGRES_HOST", "POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PORT = many")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> DatabaseUrl.tcp("a b", 0, " "))
                .hasMessageContainingAll("host = a b", "port = 0", "database");
        assertThatThrownBy(
                        () -> DatabaseUrl.cloudSql("acme:us-east1:main", "shop").tls(Tls.REQUIRE))
                .hasMessageContaining("only for a server reached over TCP");
    }
}
