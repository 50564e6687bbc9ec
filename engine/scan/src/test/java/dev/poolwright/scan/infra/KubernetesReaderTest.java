package dev.poolwright.scan.infra;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DeclaredPath;
import dev.poolwright.model.fact.DeclaredPooler;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubernetesReaderTest {

    private static final String ORDERS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: orders
            spec:
              replicas: 3
              template:
                spec:
                  containers:
                    - name: orders
                      image: registry.test/orders:1.2
                      command: ["gunicorn", "-w", "$(WORKERS)", "-k", "gthread", "--threads=8", "shop.wsgi"]
                      env:
                        - {name: WORKERS, value: "4"}
                        - {name: DB_PASSWORD, value: swordfish}
                        - {name: DATABASE_URL, value: "postgres://app:swordfish@db:5432/shop"}
                        - name: API_SECRET
                          valueFrom: {secretKeyRef: {name: keys, key: api}}
                        - name: POOL
                          valueFrom: {configMapKeyRef: {name: settings, key: pool}}
                      envFrom:
                        - configMapRef: {name: settings}
                      readinessProbe:
                        httpGet: {path: /ready, port: 8000}
                    - name: proxy
                      image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2
            """;

    private Tree tree = new Tree(Path.of("."));

    @BeforeEach
    void start(@TempDir Path root) {
        tree = new Tree(root);
    }

    @Test
    void workloadTellsInstancesSurgeVariablesAndWorkers() {
        tree.with("k8s/orders.yaml", ORDERS).with("k8s/settings.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {pool: "20", MODE: fast}
                """);

        Deployment orders = tree.deployment("orders");

        assertThat(orders.image()).isEqualTo("registry.test/orders");
        assertThat(orders.instances().max().single()).contains(3);
        assertThat(orders.instances().surge().single().orElseThrow().of(3)).isEqualTo(1);
        assertThat(requireNonNull(orders.variables().get("POOL")).single()).contains("20");
        assertThat(orders.variables().get("POOL").origin().file()).isEqualTo("k8s/settings.yaml");
        assertThat(requireNonNull(orders.variables().get("MODE")).single()).contains("fast");
        assertThat(orders.variables().get("API_SECRET")).isInstanceOf(Value.Unknown.class);
        assertThat(orders.toString()).doesNotContain("swordfish");
        assertThat(tree.of(Workers.class)).singleElement().satisfies(workers -> {
            assertThat(workers.processes().single()).contains(4);
            assertThat(workers.threads().single().orElseThrow().count()).isEqualTo(8);
            assertThat(workers.service()).isEqualTo("orders");
        });
        assertThat(tree.of(DeclaredPath.class))
                .singleElement()
                .satisfies(probe -> assertThat(
                                requireNonNull(probe.settings().get("path")).single())
                        .contains("/ready"));
    }

    @Test
    void autoscalerInAnotherFileTellsTheBounds() {
        tree.with("k8s/orders.yaml", ORDERS).with("k8s/hpa.yaml", """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: orders}
                spec:
                  scaleTargetRef: {kind: Deployment, name: orders}
                  minReplicas: 2
                  maxReplicas: 12
                  metrics: [{type: Resource, resource: {name: cpu}}]
                """);

        assertThat(tree.deployment("orders").instances().min().single()).contains(2);
        assertThat(tree.deployment("orders").instances().max().single()).contains(12);
        assertThat(tree.deployment("orders").instances().scale()).isEqualTo("cpu");
    }

    @Test
    void recreateHasNoSurge() {
        tree.with("k8s/orders.yaml", ORDERS.replace("replicas: 3", "strategy: {type: Recreate}"));

        assertThat(tree.deployment("orders").instances().rollout()).isEqualTo(Rollout.RECREATE);
        assertThat(tree.deployment("orders")
                        .instances()
                        .surge()
                        .single()
                        .orElseThrow()
                        .of(3))
                .isZero();
    }

    @Test
    void openShiftTemplateTakesItsParameters() {
        tree.with("openshift/templates/api.yaml", """
                apiVersion: template.openshift.io/v1
                kind: Template
                parameters:
                  - {name: COUNT, value: "5"}
                  - {name: SUFFIX, required: true}
                objects:
                  - apiVersion: apps.openshift.io/v1
                    kind: DeploymentConfig
                    metadata: {name: "api-${SUFFIX}"}
                    spec:
                      replicas: ${{COUNT}}
                      template: {spec: {containers: [{name: api, image: "shop/api-${SUFFIX}:${SUFFIX}"}]}}
                """);

        Deployment api = tree.deployment("api");

        assertThat(api.instances().max().single()).contains(5);
        assertThat(api.instances().max().origin().line()).isEqualTo(4);
        assertThat(api.image()).isEqualTo("shop/api");
        assertThat(api.place()).isEqualTo(Place.MAIN);
    }

    @Test
    void operatorsTellServersAndPoolers() {
        tree.with("db/crunchy.yaml", """
                apiVersion: postgres-operator.crunchydata.com/v1beta1
                kind: PostgresCluster
                metadata: {name: main}
                spec:
                  postgresVersion: 16
                  patroni: {dynamicConfiguration: {postgresql: {parameters: {max_connections: 250}}}}
                  proxy: {pgBouncer: {config: {global: {pool_mode: transaction, max_client_conn: "1000"}}}}
                ---
                apiVersion: postgresql.cnpg.io/v1
                kind: Pooler
                metadata: {name: pooler}
                spec: {cluster: {name: shop}, instances: 3, pgbouncer: {poolMode: session, parameters: {default_pool_size: "10"}}}
                """);

        assertThat(tree.of(DeclaredServer.class)).singleElement().satisfies(server -> {
            assertThat(server.maxConnections().single()).contains(250);
            assertThat(server.version()).isEqualTo("16");
        });
        assertThat(tree.of(DeclaredPooler.class))
                .extracting(DeclaredPooler::name)
                .containsExactly("main-pgbouncer", "pooler");
        assertThat(requireNonNull(tree.of(DeclaredPooler.class)
                                .getFirst()
                                .settings()
                                .get("max_client_conn"))
                        .single())
                .contains(1000L);
    }

    @Test
    void serverIsNamedByTheServiceThatSelectsIt() {
        tree.with("k8s/db.yaml", """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: postgres-set}
                spec:
                  template:
                    metadata: {labels: {app: db}}
                    spec: {containers: [{name: pg, image: "postgres:16.2", args: ["-c", "max_connections=300"]}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: db}
                spec: {selector: {app: db}}
                """);

        assertThat(tree.of(DeclaredServer.class)).singleElement().satisfies(server -> {
            assertThat(server.name()).isEqualTo("db");
            assertThat(server.version()).isEqualTo("16.2");
            assertThat(server.maxConnections().single()).contains(300);
        });
    }

    @Test
    void oddManifestsAreReadInSilence() {
        tree.with("a.yaml", "apiVersion: v1\nkind: Deployment\nspec: [1, 2]\n")
                .with("b.yaml", "- apiVersion: v1\n- kind: List\n---\n---\napiVersion: x\nkind: {a: b}\n")
                .with(
                        "c.yaml",
                        "apiVersion: v1\nkind: Deployment\nmetadata: {name: [x]}\nspec: {template: {spec: {containers: x}}}\n")
                .with("d.yaml", "apiVersion: v1\nkind: List\nitems: {kind: List}\n")
                .with("docker-compose.yml", "services: [a, b]\n")
                .with(
                        "compose.yaml",
                        "services:\n  a:\n  b: []\n  c: {build: [], environment: 3, ports: x, deploy: []}\n")
                .with("x/Chart.yaml", "[]")
                .with("y/Chart.yaml", "name: y\n")
                .with("y/templates/a.yaml", "kind: {{ if }} containers: {{ .x.y | nosuch 1 }} {{ end }}{{ end }}");

        assertThat(tree.of(DeclaredServer.class)).isEmpty();
    }
}
