package dev.poolwright.scan.infra;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DeclaredPooler;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComposeReaderTest {

    private Tree tree = new Tree(Path.of("."));

    @BeforeEach
    void compose(@TempDir Path root) {
        tree = new Tree(root)
                .with("services/api/app.py", "")
                .with("services/api/Dockerfile", """
                        FROM python:3.12
                        ENV WEB_CONCURRENCY=3
                        CMD ["uvicorn", "app:app"]
                        """)
                .with("common.env", "POOL_SIZE=15\nDB_PASSWORD=swordfish\n")
                .with("docker-compose.yml", """
                        services:
                          api:
                            build: ./services/api
                            env_file: common.env
                            environment:
                              - OVERFLOW=${OVERFLOW:-5}
                              - UNSET=${NOWHERE}
                              - DATABASE_URL=postgresql://app:swordfish@pooler:6432/shop
                            deploy: {replicas: 2}
                          db:
                            image: postgres:16
                            command: postgres -c shared_buffers=1GB -c max_connections=200
                          pooler:
                            image: edoburu/pgbouncer:1.21.0
                            environment:
                              DB_HOST: db
                              POOL_MODE: transaction
                              DEFAULT_POOL_SIZE: 40
                          other:
                            image: bitnami/pgbouncer
                            environment: {PGBOUNCER_POOL_MODE: session, POSTGRESQL_HOST: db}
                        """);
    }

    @Test
    void serviceTellsSourceInstancesAndVariables() {
        Deployment api = tree.deployment("api");

        assertThat(api.source()).isEqualTo("services/api");
        assertThat(api.instances().max().single()).contains(2);
        assertThat(requireNonNull(api.variables().get("POOL_SIZE")).single()).contains("15");
        assertThat(requireNonNull(api.variables().get("OVERFLOW")).single()).contains("5");
        assertThat(api.variables().get("UNSET")).isInstanceOf(Value.Unknown.class);
        assertThat(requireNonNull(api.variables().get("DATABASE_URL")).single())
                .contains("postgresql://***:***@pooler:6432/shop");
        assertThat(api.toString()).doesNotContain("swordfish");
    }

    @Test
    void imageStartsWhatItsDockerfileSays() {
        assertThat(tree.of(Workers.class))
                .filteredOn(one -> one.service().equals("api"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.server()).isEqualTo("uvicorn");
                    assertThat(one.processes().single()).contains(3);
                    assertThat(one.asgi()).isTrue();
                });
    }

    @Test
    void databaseAndPoolersAreNoDeployments() {
        assertThat(tree.of(Deployment.class))
                .filteredOn(one -> one.kind().equals("compose"))
                .extracting(Deployment::name)
                .containsExactly("api");
        assertThat(tree.of(DeclaredServer.class))
                .singleElement()
                .satisfies(
                        server -> assertThat(server.maxConnections().single()).contains(200));
        assertThat(tree.of(DeclaredPooler.class))
                .extracting(one ->
                        requireNonNull(one.settings().get("pool_mode")).single().orElseThrow())
                .containsExactly("transaction", "session");
        assertThat(tree.of(DeclaredPooler.class).getFirst().version()).isEqualTo("1.21.0");
    }

    @Test
    void overrideFileIsLaidOverTheBase() {
        tree.with("docker-compose.prod.yml", "services:\n  api:\n    deploy: {replicas: 6}\n");

        assertThat(tree.of(Deployment.class))
                .filteredOn(one -> one.environment().equals("production"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.instances().max().single()).contains(6);
                    assertThat(one.source()).isEqualTo("services/api");
                });
    }

    @Test
    void fileForTestsIsInTheTestPlace() {
        tree.with("docker-compose.test.yml", "services:\n  db:\n    image: postgres:15\n");

        assertThat(tree.of(DeclaredServer.class))
                .extracting(DeclaredServer::place)
                .contains(Place.TEST);
    }

    @Test
    void exampleOfAnEnvironmentFileIsAnExample() {
        tree.with(".env.example", "POOL_SIZE=5\n");

        assertThat(tree.deployment(".env.example").place()).isEqualTo(Place.EXAMPLE);
    }
}
