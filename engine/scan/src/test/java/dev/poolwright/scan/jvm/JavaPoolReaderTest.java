package dev.poolwright.scan.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaPoolReaderTest {

    @TempDir
    Path folder;

    private SmallTree java(String body) throws Exception {
        return new SmallTree(folder).with("src/main/java/shop/Store.java", """
                package shop;
                import com.zaxxer.hikari.HikariConfig;
                import com.zaxxer.hikari.HikariDataSource;
                import java.util.concurrent.TimeUnit;
                class Store {
                %s
                }
                """.formatted(body));
    }

    @Test
    void constantsArithmeticAndUnitsAreResolvedAcrossClasses() throws Exception {
        DeclaredPool pool =
                java("""
                    static final int SIZE = 4 * Limits.CORES;
                    HikariDataSource pool;
                    Store() {
                        HikariConfig config = new HikariConfig();
                        config.setJdbcUrl("jdbc:postgresql://db:5432/shop");
                        config.setPassword("gT5-unlikely-word");
                        config.setMaximumPoolSize(SIZE);
                        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(3));
                        config.setMaxLifetime(Limits.life());
                        config.addDataSourceProperty("socketTimeout", "30");
                        this.pool = new HikariDataSource(config);
                    }
                """).with("src/main/java/shop/Limits.java", """
                        package shop;
                        class Limits {
                            static final int CORES = 5;
                            static long life() { return java.time.Duration.ofMinutes(20).toMillis(); }
                        }
                        """).pool();
        assertThat(pool.name()).isEqualTo("src/main/java/shop/Store.java#pool");
        assertThat(SmallTree.setting(pool, "maximumPoolSize").single()).contains(20L);
        assertThat(SmallTree.setting(pool, "maximumPoolSize").trail()).isNotEmpty();
        assertThat(SmallTree.setting(pool, "connectionTimeout").single()).contains(3_000L);
        assertThat(SmallTree.setting(pool, "maxLifetime").single()).contains(1_200_000L);
        assertThat(pool.settings()).containsKey("dataSource.socketTimeout");
        assertThat(pool.scope()).isEqualTo(Scope.PROCESS);
    }

    @Test
    void aPasswordInCodeIsSeenAndNeverShown() throws Exception {
        SmallTree tree = java("""
                    HikariDataSource pool = make();
                    HikariDataSource make() {
                        HikariDataSource made = new HikariDataSource();
                        made.setJdbcUrl("jdbc:postgresql://db:5432/shop?user=me&password=hidden-Word-9");
                        made.setPassword("gT5-unlikely-word");
                        return made;
                    }
                """);
        assertThat(tree.urls()).singleElement().matches(url -> url.password() == Password.LITERAL);
        assertThat(tree.facts().all().toString()).doesNotContain("unlikely").doesNotContain("hidden-Word");
    }

    @Test
    void propertiesAndTheEnvironmentAreFollowed() throws Exception {
        DeclaredPool pool = java("""
                    @Value("${pool.size:7}") int size;
                    HikariDataSource pool;
                    void afterPropertiesSet() {
                        pool = new HikariDataSource();
                        pool.setMaximumPoolSize(size);
                        pool.setMinimumIdle(Integer.parseInt(System.getenv().getOrDefault("MIN_IDLE", "2")));
                        pool.setIdleTimeout(settings.getPool().getIdle());
                    }
                    StoreSettings settings;
                """)
                .with("src/main/java/shop/StoreSettings.java", """
                        package shop;
                        @ConfigurationProperties(prefix = "store")
                        class StoreSettings {
                            Pool pool;
                            static class Pool { long idle = 60_000L; }
                        }
                        """)
                .with("src/main/resources/application.properties", "pool.size=12\n")
                .pool();
        assertThat(SmallTree.setting(pool, "maximumPoolSize").single()).contains(12L);
        assertThat(SmallTree.setting(pool, "minimumIdle").single()).contains(2L);
        assertThat(SmallTree.setting(pool, "idleTimeout").single()).contains(60_000L);
    }

    @Test
    void whatDependsOnAnArgumentIsUnknownAndSaysWhy() throws Exception {
        DeclaredPool pool = java("""
                    HikariDataSource make(int size) {
                        HikariDataSource made = new HikariDataSource();
                        made.setMaximumPoolSize(size);
                        return made;
                    }
                """).pool();
        assertThat(SmallTree.setting(pool, "maximumPoolSize")).isInstanceOf(Value.Unknown.class);
        assertThat(SmallTree.setting(pool, "maximumPoolSize").toString()).contains("argument of make");
    }

    @Test
    void aPoolThatNobodyKeepsIsMadeByEachCall() throws Exception {
        assertThat(java("""
                    java.sql.Connection connection() throws Exception {
                        HikariDataSource pool = new HikariDataSource();
                        pool.setMaximumPoolSize(3);
                        return pool.getConnection();
                    }
                """).pool().scope()).isEqualTo(Scope.CALL);
    }

    @Test
    void aPoolInAMapIsKeptByKey() throws Exception {
        assertThat(java("""
                    java.util.Map<String, HikariDataSource> pools = new java.util.HashMap<>();
                    HikariDataSource of(String tenant) {
                        return pools.computeIfAbsent(tenant, key -> new HikariDataSource());
                    }
                """).pool().scope()).isEqualTo(Scope.KEY);
    }

    @Test
    void aClassOfTheSameNameFromElsewhereIsNoPool() throws Exception {
        assertThat(new SmallTree(folder)
                        .with("src/main/java/shop/Store.java", """
                                package shop;
                                import shop.own.HikariDataSource;
                                class Store { HikariDataSource pool = new HikariDataSource(); }
                                """)
                        .pools())
                .isEmpty();
    }

    @Test
    void poolsOfTestsAreNotMain() throws Exception {
        assertThat(new SmallTree(folder)
                        .with("src/test/java/shop/StoreCheck.java", """
                                package shop;
                                import com.zaxxer.hikari.HikariDataSource;
                                class StoreCheck { HikariDataSource pool = new HikariDataSource(); }
                                """)
                        .pool()
                        .place())
                .isEqualTo(Place.TEST);
    }

    @Test
    void aBeanWithItsOwnPrefixTakesItsSettingsFromThere() throws Exception {
        DeclaredPool pool = new SmallTree(folder)
                .with("pom.xml", SmallTree.JDBC_POM)
                .with("src/main/java/shop/ReportConfig.java", """
                        package shop;
                        import com.zaxxer.hikari.HikariDataSource;
                        class ReportConfig {
                            @Bean
                            @ConfigurationProperties(prefix = "app.report")
                            DataSource reports() { return DataSourceBuilder.create().type(HikariDataSource.class).build(); }
                        }
                        """)
                .with("src/main/resources/application.yml", """
                        app:
                          report:
                            jdbc-url: jdbc:mysql://db/report
                            maximum-pool-size: 4
                        """)
                .pool();
        assertThat(pool.name()).isEqualTo("src/main/resources/application.yml#app.report");
        assertThat(SmallTree.setting(pool, "maximumPoolSize").single()).contains(4L);
        assertThat(pool.stack().driver()).isEqualTo("mysql-connector-j");
    }

    @Test
    void vertxAndR2dbcBuildersAreRead() throws Exception {
        assertThat(new SmallTree(folder)
                        .with("src/main/java/shop/A.java", """
                                package shop;
                                import io.vertx.sqlclient.PoolOptions;
                                class A { PoolOptions options = new PoolOptions().setMaxSize(6).setMaxWaitQueueSize(30); }
                                """)
                        .with("src/main/java/shop/B.java", """
                                package shop;
                                import io.r2dbc.pool.ConnectionPoolConfiguration;
                                class B {
                                    Object pool(Object f) {
                                        return new ConnectionPool(ConnectionPoolConfiguration.builder(f).maxSize(9)
                                                .maxAcquireTime(java.time.Duration.ofSeconds(3)).build());
                                    }
                                }
                                """)
                        .pools())
                .extracting(pool -> pool.stack().library() + " " + pool.settings())
                .containsExactly(
                        "vertx {maxSize=6, maxWaitQueueSize=30}", "r2dbc-pool {maxAcquireTime=PT3S, maxSize=9}");
    }
}
