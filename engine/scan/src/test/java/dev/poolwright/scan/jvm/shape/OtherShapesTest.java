package dev.poolwright.scan.jvm.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherShapesTest {

    private static final String JDBC = "import org.springframework.jdbc.core.*;\n";

    @TempDir
    Path folder;

    private ShapeTree java(String text) throws Exception {
        return new ShapeTree(folder).java("Shop", text);
    }

    @Test
    void vertxPoolAskedWhileAConnectionIsHeldIsNested() throws Exception {
        String shop = """
                import io.vertx.sqlclient.Pool;
                class Shop {
                    private Pool pool;
                    Object a() { return pool.withTransaction(c -> %s.query("SELECT 1").execute()); }
                }
                """;
        assertThat(java(shop.formatted("pool")).only(Shape.NESTED_BORROW).what())
                .contains("pool.query");
        assertThat(java(shop.formatted("c")).shapes()).isEmpty();
    }

    @Test
    void aQueryInsideARowMapperIsNestedUnlessATransactionJoinsThem() throws Exception {
        String shop = JDBC + """
                import org.springframework.transaction.annotation.Transactional;
                class Shop {
                    private JdbcTemplate jdbc;
                    %s
                    public Object a() { return jdbc.query("SELECT 1", (rs, n) -> %s); }
                }
                """;
        String inner = "jdbc.queryForObject(\"SELECT 2\", String.class)";
        assertThat(java(shop.formatted("", inner)).only(Shape.NESTED_BORROW).certain())
                .isFalse();
        assertThat(java(shop.formatted("@Transactional", inner)).shapes()).isEmpty();
        assertThat(java(shop.formatted("", "rs.getString(1)")).shapes()).isEmpty();
    }

    @Test
    void aRowMapperThatAsksARepositoryIsNested() throws Exception {
        assertThat(java(JDBC + """
                class Shop {
                    interface Clients { Object byId(String id); }
                    static class JdbcClients implements Clients {
                        private JdbcOperations jdbc;
                        public Object byId(String id) { return jdbc.query("SELECT 1", id); }
                    }
                    static class Rows implements RowMapper<Object> {
                        private Clients clients;
                        public Object mapRow(java.sql.ResultSet rs, int n) throws Exception { return clients.byId(rs.getString(1)); }
                    }
                }
                """).only(Shape.NESTED_BORROW).subject()).isEqualTo("Rows.mapRow");
    }

    @Test
    void theImplementationOfARepositoryIsFoundInItsPackage() throws Exception {
        ShapeTree tree = new ShapeTree(folder)
                .java("Shop", "class Shop {}")
                .java("Clients", "public interface Clients { Object byId(String id); }")
                .java("JdbcClients", JDBC + """
                        class JdbcClients implements Clients {
                            private JdbcOperations jdbc;
                            public Object byId(String id) { return jdbc.query("SELECT 1", id); }
                        }
                        """)
                .java("Rows", JDBC + """
                        class Rows implements RowMapper<Object> {
                            private Clients clients;
                            public Object mapRow(java.sql.ResultSet rs, int n) throws Exception { return clients.byId(rs.getString(1)); }
                        }
                        """);
        assertThat(tree.only(Shape.NESTED_BORROW).subject()).isEqualTo("Rows.mapRow");
    }

    @Test
    void aPoolOfEachCallIsFoundAndOneThatIsKeptIsNot() throws Exception {
        String shop = """
                import com.zaxxer.hikari.HikariDataSource;
                class Shop {
                    private HikariDataSource kept;
                    private final java.util.Map<String, HikariDataSource> pools = new java.util.HashMap<>();
                    %s
                }
                """;
        CodeShape each = java(shop.formatted("""
                private static HikariDataSource make() { return new HikariDataSource(); }
                public java.sql.Connection ask() throws Exception { HikariDataSource pool = make(); return pool.getConnection(); }
                """)).only(Shape.POOL_PER_CALL);
        assertThat(each.certain()).isTrue();
        assertThat(each.subject()).isEqualTo("Shop.make");
        assertThat(each.steps()).hasSize(2);
        CodeShape keyed = java(shop.formatted(
                        "public HikariDataSource of(String tenant) { return pools.computeIfAbsent(tenant, t -> new HikariDataSource()); }"))
                .only(Shape.POOL_PER_CALL);
        assertThat(keyed.certain()).isFalse();
        assertThat(java(shop.formatted("""
                        Shop() { kept = new HikariDataSource(); }
                        void again() { kept = new HikariDataSource(); }
                        @Bean HikariDataSource bean() { return new HikariDataSource(); }
                        HikariDataSource create() { HikariDataSource pool = new HikariDataSource(); pool.setMaximumPoolSize(3); return pool; }
                        void probe() throws Exception { try (HikariDataSource pool = new HikariDataSource()) { pool.getConnection(); } }
                        void other() throws Exception { HikariDataSource pool = new HikariDataSource(); pool.getConnection(); pool.close(); }
                        """)).shapes()).isEmpty();
    }

    @Test
    void aHealthCheckThatQueriesIsFound() throws Exception {
        String shop = JDBC + """
                @RestController
                class Shop {
                    private JdbcTemplate jdbc;
                    @GetMapping("%s") public String health() { return jdbc.queryForObject("SELECT 1", String.class); }
                }
                """;
        assertThat(java(shop.formatted("/healthz"))
                        .only(Shape.POOL_IN_HEALTH_CHECK)
                        .subject())
                .isEqualTo("Shop.health");
        assertThat(java(shop.formatted("/orders")).shapes()).isEmpty();
    }

    @Test
    void theDatabaseInTheLivenessGroupIsFound() throws Exception {
        String yaml =
                "management:\n  endpoint:\n    health:\n      group:\n        %s:\n          include: livenessState,db\n";
        assertThat(new ShapeTree(folder)
                        .with("src/main/resources/application.yml", yaml.formatted("liveness"))
                        .only(Shape.POOL_IN_HEALTH_CHECK)
                        .what())
                .contains("db");
        assertThat(new ShapeTree(folder)
                        .with("src/main/resources/application.yml", yaml.formatted("readiness"))
                        .shapes())
                .isEmpty();
    }

    @Test
    void databaseWorkOnAnUnboundedExecutorIsFound() throws Exception {
        String shop = JDBC + """
                import java.util.concurrent.*;
                class Shop {
                    private JdbcTemplate jdbc;
                    void all(java.util.List<String> ids) {
                        ExecutorService each = Executors.%s;
                        for (String id : ids) { each.submit(() -> one(id)); }
                    }
                    private void one(String id) { jdbc.update("x", id); }
                }
                """;
        assertThat(java(shop.formatted("newVirtualThreadPerTaskExecutor()"))
                        .only(Shape.UNBOUNDED_CALLERS)
                        .certain())
                .isTrue();
        assertThat(java(shop.formatted("newFixedThreadPool(4)")).shapes()).isEmpty();
    }

    @Test
    void sessionStateIsFoundInStatementsOnly() throws Exception {
        assertThat(java(JDBC + """
                class Shop {
                    private JdbcTemplate jdbc;
                    void a() { jdbc.execute("SET search_path TO shop"); }
                    void b() { jdbc.execute("SET LOCAL search_path TO shop"); }
                    void c() { log.info("LISTEN orders"); }
                    void d() { jdbc.queryForObject("SELECT pg_advisory_lock(7)", Long.class); }
                    void e() { jdbc.queryForObject("SELECT pg_advisory_xact_lock(7)", Long.class); }
                }
                """).shapes(Shape.SESSION_STATE))
                .extracting(CodeShape::subject)
                .containsExactlyInAnyOrder("Shop.a", "Shop.d");
    }

    @Test
    void aDatabaseFailureToldAsAWrongLoginIsFound() throws Exception {
        String shop = JDBC + """
                import org.springframework.dao.*;
                class Shop {
                    private JdbcTemplate jdbc;
                    Object login(String name) {
                        try { return jdbc.queryForObject("SELECT 1", Object.class, name); }
                        catch (%s failed) { throw new BadCredentialsException("no"); }
                    }
                }
                """;
        assertThat(java(shop.formatted("DataAccessException"))
                        .only(Shape.MISREPORTED_FAILURE)
                        .certain())
                .isTrue();
        assertThat(java(shop.formatted("Exception"))
                        .only(Shape.MISREPORTED_FAILURE)
                        .certain())
                .isFalse();
        assertThat(java(shop.formatted("EmptyResultDataAccessException")).shapes())
                .isEmpty();
    }

    @Test
    void aFilterThatUndoesOpenInViewIsFound() throws Exception {
        String filter = "class Shop { Object filter() { return new OpenEntityManagerInViewFilter(); } }";
        String key = "spring:\n  jpa:\n    open-in-view: %s\n";
        assertThat(java(filter)
                        .with("src/main/resources/application.yml", key.formatted("false"))
                        .only(Shape.HELD_WHILE_STREAMING)
                        .certain())
                .isFalse();
        assertThat(java(filter)
                        .with("src/main/resources/application.yml", key.formatted("true"))
                        .shapes())
                .isEmpty();
    }
}
