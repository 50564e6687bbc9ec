package dev.poolwright.scan.infra;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DeclaredPooler;
import dev.poolwright.model.fact.DeclaredServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PoolerFilesTest {

    @Test
    void iniFileTellsModeSizesAndTheServerBehind(@TempDir Path root) {
        Tree tree = new Tree(root).with("pgbouncer/pgbouncer.ini", """
                [databases]
                shop = host=db port=5432 dbname=shop pool_size=30 password=swordfish
                [pgbouncer]
                ; a comment
                pool_mode = transaction
                max_client_conn = 500
                """);

        assertThat(tree.of(DeclaredPooler.class)).singleElement().satisfies(pooler -> {
            assertThat(requireNonNull(pooler.settings().get("pool_mode")).single())
                    .contains("transaction");
            assertThat(requireNonNull(pooler.settings().get("default_pool_size"))
                            .single())
                    .contains(30L);
            assertThat(requireNonNull(pooler.settings().get("host")).single()).contains("db");
            assertThat(requireNonNull(pooler.settings().get("max_client_conn"))
                            .origin()
                            .line())
                    .isEqualTo(6);
            assertThat(pooler.toString()).doesNotContain("swordfish");
        });
    }

    @Test
    void serverConfigurationTellsItsLimit(@TempDir Path root) {
        Tree tree = new Tree(root).with("db/postgresql.conf", "#max_connections = 100\nmax_connections = 250 # more\n");

        assertThat(tree.of(DeclaredServer.class))
                .singleElement()
                .satisfies(
                        server -> assertThat(server.maxConnections().single()).contains(250));
    }
}
