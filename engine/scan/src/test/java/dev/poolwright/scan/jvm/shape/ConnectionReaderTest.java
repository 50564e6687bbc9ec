package dev.poolwright.scan.jvm.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionReaderTest {

    @TempDir
    Path folder;

    private ShapeTree store(String body) throws Exception {
        return new ShapeTree(folder).java("Store", """
                import java.sql.Connection;
                import javax.sql.DataSource;
                class Store {
                    private DataSource dataSource;
                    private Connection kept;
                    %s
                }
                """.formatted(body));
    }

    @Test
    void aConnectionThatIsNeverClosedIsFound() throws Exception {
        assertThat(store(
                                "void a() throws Exception { Connection c = dataSource.getConnection(); c.createStatement().execute(\"x\"); }")
                        .only(Shape.NOT_ALWAYS_CLOSED)
                        .what())
                .contains("not closed at all");
    }

    @Test
    void aCloseThatAFailureSkipsIsFound() throws Exception {
        assertThat(store(
                                "void a() throws Exception { Connection c = dataSource.getConnection(); c.createStatement().execute(\"x\"); c.close(); }")
                        .only(Shape.NOT_ALWAYS_CLOSED)
                        .what())
                .contains("only when nothing fails");
    }

    @Test
    void aConnectionWithoutAVariableIsLost() throws Exception {
        assertThat(store("String a() throws Exception { return dataSource.getConnection().getMetaData().getURL(); }")
                        .only(Shape.NOT_ALWAYS_CLOSED)
                        .what())
                .contains("cannot be closed");
    }

    @Test
    void tryWithResourcesFinallyReturnAndStoreAreFine() throws Exception {
        assertThat(store("""
                void a() throws Exception { try (Connection c = dataSource.getConnection()) { c.createStatement(); } }
                void b() throws Exception {
                    Connection c = null;
                    try { c = dataSource.getConnection(); c.createStatement(); } finally { JdbcUtils.closeConnection(c); }
                }
                Connection c() throws Exception { Connection c = dataSource.getConnection(); c.setAutoCommit(false); return c; }
                void d() throws Exception { kept = dataSource.getConnection(); }
                void e() throws Exception { Connection c = dataSource.getConnection(); runner.use(c); }
                void f() throws Exception { dataSource.getConnection().close(); }
                """).shapes()).isEmpty();
    }

    @Test
    void aSecondConnectionWhileTheFirstIsHeldIsNested() throws Exception {
        assertThat(store("""
                void a() throws Exception {
                    try (Connection c = dataSource.getConnection()) {
                        c.createStatement();
                        try (Connection d = dataSource.getConnection()) { d.createStatement(); }
                    }
                }
                """).only(Shape.NESTED_BORROW).what()).contains("while c is held");
    }

    @Test
    void oneConnectionAfterTheOtherIsFine() throws Exception {
        assertThat(store("""
                void a() throws Exception {
                    try (Connection c = dataSource.getConnection()) { c.createStatement(); }
                    try (Connection d = dataSource.getConnection()) { d.createStatement(); }
                }
                """).shapes()).isEmpty();
    }

    @Test
    void aPauseWhileAConnectionIsHeldIsFound() throws Exception {
        assertThat(store("""
                void a() throws Exception {
                    try (Connection c = dataSource.getConnection()) { c.createStatement(); Thread.sleep(1000); }
                    Thread.sleep(1000);
                }
                """).only(Shape.HELD_ACROSS_SLOW).certain()).isTrue();
    }
}
