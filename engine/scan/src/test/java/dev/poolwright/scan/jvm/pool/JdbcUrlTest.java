package dev.poolwright.scan.jvm.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DatabaseUrl.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/shop?sslmode=require, jdbc:postgresql, db, shop",
        "'jdbc:mysql://a:3306,b:3306/shop', jdbc:mysql, a, shop",
        "r2dbc:pool:postgresql://u:p@db/shop, r2dbc:pool:postgresql, db, shop",
        "jdbc:sqlserver://host:1433;databaseName=shop;user=x, jdbc:sqlserver, host, shop",
        "jdbc:oracle:thin:@db:1521/x, jdbc:oracle:thin, db, ''",
        "jdbc:h2:mem:test, jdbc:h2, '', ''",
        "jdbc:postgresql://${DB_HOST:x}/shop, jdbc:postgresql, ${DB_HOST:x}, shop",
    })
    void partsOfAUrl(String url, String scheme, String host, String database) {
        JdbcUrl parts = JdbcUrl.of(url).orElseThrow();
        assertThat(parts.scheme()).isEqualTo(scheme);
        assertThat(parts.host()).isEqualTo(host);
        assertThat(parts.database()).isEqualTo(database);
    }

    @Test
    void secretsAreMaskedAndLeftOutOfParameters() {
        String url = "jdbc:postgresql://db/shop?user=me&password=s3cr3t-x&ssl=true";
        assertThat(JdbcUrl.masked(url)).isEqualTo("jdbc:postgresql://db/shop?user=***&password=***&ssl=true");
        assertThat(JdbcUrl.of(url).orElseThrow().parameters()).containsExactly("ssl=true");
        assertThat(JdbcUrl.of(url).orElseThrow().password()).isEqualTo(Password.LITERAL);
        assertThat(JdbcUrl.masked("r2dbc:mysql://me:pw@db/x")).isEqualTo("r2dbc:mysql://***@db/x");
    }

    @ParameterizedTest
    @CsvSource({
        "root, PLACEHOLDER",
        "123456, PLACEHOLDER",
        "postgres, PLACEHOLDER",
        "${DB_PASSWORD}, REFERENCE",
        "ENC(abc), REFERENCE",
        "'', NONE",
        "Zk83-kdPq, LITERAL",
    })
    void howAPasswordIsWritten(String text, Password expected) {
        assertThat(Passwords.of(text)).isEqualTo(expected);
    }
}
