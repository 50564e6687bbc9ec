package dev.poolwright.scan.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.IdleSetting;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpringIdleSettingsTest {

    private static final String HIKARI = """
            spring:
              datasource:
                url: jdbc:postgresql://db/shop
                hikari:
                  maximum-pool-size: 20
                  connection-timeout: 10000
            """;

    @TempDir
    Path folder;

    private SmallTree shop(String yaml) throws Exception {
        return new SmallTree(folder)
                .with("pom.xml", SmallTree.JDBC_POM)
                .with("src/main/resources/application.yml", yaml);
    }

    private static String bean(String annotations, String body) {
        return """
                package shop;
                import com.zaxxer.hikari.HikariDataSource;
                import javax.sql.DataSource;
                @Configuration
                class DatabaseConfig {
                    @Bean
                    %s
                    DataSource dataSource() {
                        %s
                    }
                }
                """.formatted(annotations, body);
    }

    @Test
    void theHikariBlockIsIdleWhereTheProgramMakesItsOwnDataSource() throws Exception {
        SmallTree tree = shop(HIKARI)
                .with(
                        "src/main/java/shop/DatabaseConfig.java",
                        bean(
                                "",
                                "HikariDataSource pool = new HikariDataSource(); pool.setMaximumPoolSize(5); return pool;"));
        List<IdleSetting> idle = tree.idle();
        assertThat(idle)
                .extracting(IdleSetting::key)
                .containsExactly(
                        "spring.datasource.hikari.maximum-pool-size", "spring.datasource.hikari.connection-timeout");
        assertThat(idle.get(0).origin().line()).isEqualTo(5);
        assertThat(idle.get(0).steps().get(0).origin().file()).endsWith("DatabaseConfig.java");
        assertThat(SmallTree.setting(tree.pool(), "maximumPoolSize").single()).contains(5L);
    }

    @Test
    void itIsReadWhereTheBeanBindsIt() throws Exception {
        SmallTree tree = shop(HIKARI)
                .with(
                        "src/main/java/shop/DatabaseConfig.java",
                        bean(
                                "@ConfigurationProperties(\"spring.datasource.hikari\")",
                                "return new HikariDataSource();"));
        assertThat(tree.idle()).isEmpty();
        assertThat(SmallTree.setting(tree.pool(), "maximumPoolSize").single()).contains(20L);
    }

    @Test
    void itIsReadWhereAnyCodeOfTheModuleNamesIt() throws Exception {
        assertThat(shop(HIKARI)
                        .with("src/main/java/shop/DatabaseConfig.java", bean("", "return make();"))
                        .with(
                                "src/main/java/shop/Binding.java",
                                "class Binding { String prefix = \"spring.datasource.hikari\"; }")
                        .idle())
                .isEmpty();
    }

    @Test
    void aDataSourceThatIsMadeOnlySometimesLeavesTheBlockAlone() throws Exception {
        assertThat(shop(HIKARI)
                        .with(
                                "src/main/java/shop/DatabaseConfig.java",
                                bean("@Profile(\"cloud\")", "return new HikariDataSource();"))
                        .idle())
                .isEmpty();
    }

    @Test
    void anotherPoolsNamesAndMisspeltOnesAreIdleAndTheRightOneIsNamed() throws Exception {
        List<IdleSetting> idle = shop("""
                        spring:
                          datasource:
                            url: jdbc:postgresql://db/shop
                            hikari:
                              maxActive: 50
                              maximum-pool-sise: 20
                              connectionTestquery: SELECT 1
                        """).idle();
        assertThat(idle).hasSize(2);
        assertThat(idle).allMatch(one -> one.effective().contains("maximumPoolSize"));
    }

    @Test
    void keysOfTheFirstBootAreIdleBesideTheBlock() throws Exception {
        assertThat(shop("""
                        spring:
                          datasource:
                            url: jdbc:postgresql://db/shop
                            max-active: 50
                            initial-size: 5
                            driver-class-name: org.postgresql.Driver
                        """).idle())
                .extracting(IdleSetting::key)
                .containsExactly("spring.datasource.max-active", "spring.datasource.initial-size");
    }

    @Test
    void theBlockOfAPoolThatIsNotTheTypeIsIdle() throws Exception {
        assertThat(shop("""
                        spring:
                          datasource:
                            type: com.alibaba.druid.pool.DruidDataSource
                            url: jdbc:postgresql://db/shop
                            hikari:
                              maximum-pool-size: 50
                        """).idle()).singleElement().matches(one -> one.why().contains("Druid"));
    }

    @Test
    void poolOptionsInAnR2dbcUrlThatNamesNoPoolAreIdle() throws Exception {
        assertThat(new SmallTree(folder)
                        .with("pom.xml", SmallTree.JDBC_POM.replace("-jdbc", "-data-r2dbc"))
                        .with("src/main/resources/application.yml", """
                                spring:
                                  r2dbc:
                                    url: r2dbc:postgresql://db:5432/shop?maxSize=20&sslMode=require
                                """)
                        .idle())
                .extracting(IdleSetting::key)
                .containsExactly("maxSize");
    }
}
