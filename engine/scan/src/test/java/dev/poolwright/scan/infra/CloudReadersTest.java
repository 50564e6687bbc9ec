package dev.poolwright.scan.infra;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DeclaredPath;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fleet.Value;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CloudReadersTest {

    private Tree tree = new Tree(Path.of("."));

    @BeforeEach
    void start(@TempDir Path root) {
        tree = new Tree(root);
    }

    @Test
    void deployCommandTellsInstancesVariablesAndPath() {
        tree.with("scripts/deploy.sh", """
                #!/bin/sh
                SERVICE=shop-api
                gcloud run deploy "$SERVICE" \\
                  --image gcr.io/p/api:1 --min-instances 2 \\
                  --max-instances=${MAX:-15} --timeout=15m --concurrency 40 \\
                  --vpc-connector shop --vpc-egress all-traffic \\
                  --set-env-vars "POOL=20,MODE=fast"
                """);

        Deployment api = tree.deployment("shop-api");

        assertThat(api.instances().min().single()).contains(2);
        assertThat(api.instances().max().single()).contains(15);
        assertThat(api.requestTimeout().single()).contains(Duration.ofMinutes(15));
        assertThat(requireNonNull(api.variables().get("POOL")).single()).contains("20");
        assertThat(api.origin().line()).isEqualTo(3);
        assertThat(tree.of(DeclaredPath.class))
                .singleElement()
                .satisfies(path -> assertThat(requireNonNull(path.settings().get("vpc-egress"))
                                .single())
                        .contains("all-traffic"));
    }

    @Test
    void commandThatDoesNotSayTheMaximumLeavesItUnknown() {
        tree.with("deploy.sh", "gcloud run deploy api --image x\n");

        assertThat(tree.deployment("api").instances().max()).isInstanceOf(Value.Unknown.class);
    }

    @Test
    void cloudBuildStepIsACommandInAList() {
        tree.with("cloudbuild.yaml", """
                steps:
                  - name: gcr.io/google.com/cloudsdktool/cloud-sdk
                    entrypoint: gcloud
                    args: ['run', 'deploy', 'api', '--max-instances', '$_MAX', '--region', 'eu']
                substitutions: {_MAX: "9"}
                """);

        assertThat(tree.deployment("api").instances().max().single()).contains(9);
    }

    @Test
    void pythonScriptDeploysEachServiceThatItDescribes() {
        tree.with("backend/main.py", "").with("scripts/deploy.py", """
                from dataclasses import dataclass

                @dataclass
                class Service:
                    name: str
                    directory: str
                    max_instances: int = 10
                    min_instances: int = 0
                    timeout: int = 300

                SERVICES = [
                    Service(name="backend-staging", directory="backend", max_instances=15, min_instances=2),
                    Service(name="auth-staging", directory="auth", max_instances=4),
                ]

                def deploy(service):
                    cmd = ["gcloud", "run", "deploy", service.name,
                           "--min-instances", str(service.min_instances),
                           "--max-instances", str(service.max_instances), "--timeout", str(service.timeout)]
                """);

        Deployment backend = tree.deployment("backend-staging");

        assertThat(backend.source()).isEqualTo("backend");
        assertThat(backend.environment()).isEqualTo("staging");
        assertThat(backend.instances().max().single()).contains(15);
        assertThat(tree.deployment("auth-staging").instances().min().single()).contains(0);
    }

    @Test
    void knativeServiceOfCloudRunTellsItsScale() {
        tree.with("service.yaml", """
                apiVersion: serving.knative.dev/v1
                kind: Service
                metadata: {name: api, annotations: {run.googleapis.com/ingress: all}}
                spec:
                  template:
                    metadata: {annotations: {autoscaling.knative.dev/maxScale: "30"}}
                    spec: {timeoutSeconds: 60, containers: [{image: x}]}
                """);

        assertThat(tree.deployment("api").kind()).isEqualTo("cloud-run");
        assertThat(tree.deployment("api").instances().max().single()).contains(30);
        assertThat(tree.deployment("api").requestTimeout().single()).contains(Duration.ofMinutes(1));
    }

    @Test
    void terraformResolvesVariablesOfTheEnvironment() {
        tree.with("terraform/main.tf", """
                variable "tier" { default = "db-f1-micro" }
                variable "flags" { default = [] }
                resource "google_sql_database_instance" "main" {
                  name             = "shop-db"
                  database_version = "POSTGRES_15"
                  settings {
                    tier = var.tier
                    dynamic "database_flags" {
                      for_each = var.flags
                      content {
                        name  = database_flags.value.name
                        value = database_flags.value.value
                      }
                    }
                  }
                }
                resource "google_vpc_access_connector" "c" {
                  name          = "shop"
                  ip_cidr_range = "10.8.0.0/28"
                  max_instances = 20
                }
                resource "google_cloud_run_v2_service" "api" {
                  name = "api"
                  template {
                    scaling {
                      max_instance_count = 12
                    }
                    containers {
                      image = "gcr.io/p/api"
                      env {
                        name  = "POOL"
                        value = "20"
                      }
                    }
                  }
                }
                """).with("terraform/staging.tfvars", """
                tier = "db-g1-small"
                flags = [{ name = "max_connections", value = "100" }]
                """);

        assertThat(tree.of(DeclaredServer.class)).singleElement().satisfies(server -> {
            assertThat(server.name()).isEqualTo("shop-db");
            assertThat(server.tier()).isEqualTo("db-g1-small");
            assertThat(server.version()).isEqualTo("15");
            assertThat(server.maxConnections().single()).contains(100);
            assertThat(server.maxConnections().origin().file()).isEqualTo("terraform/staging.tfvars");
        });
        assertThat(tree.of(DeclaredPath.class)).anySatisfy(path -> {
            assertThat(path.kind()).isEqualTo("vpc-connector");
            assertThat(requireNonNull(path.settings().get("max_instances")).single())
                    .contains(20L);
        });
        assertThat(tree.deployment("api").instances().max().single()).contains(12);
        assertThat(requireNonNull(tree.deployment("api").variables().get("POOL"))
                        .single())
                .contains("20");
    }

    @Test
    void terraformJoinsParameterGroupAndTaskDefinition() {
        tree.with("infra/aws.tf", """
                resource "aws_db_instance" "main" {
                  identifier           = "shop"
                  engine               = "postgres"
                  instance_class       = "db.t3.micro"
                  parameter_group_name = aws_db_parameter_group.main.name
                }
                resource "aws_db_parameter_group" "main" {
                  parameter {
                    name  = "max_connections"
                    value = "180"
                  }
                }
                resource "aws_ecs_service" "api" {
                  name                       = "api"
                  desired_count              = 10
                  deployment_maximum_percent = 150
                  task_definition            = aws_ecs_task_definition.api.arn
                }
                resource "aws_ecs_task_definition" "api" {
                  container_definitions = jsonencode([{
                    name        = "api"
                    image       = "shop/api:1"
                    environment = [{ name = "POOL", value = "15" }]
                  }])
                }
                """);

        assertThat(tree.of(DeclaredServer.class).getFirst().maxConnections().single())
                .contains(180);
        assertThat(tree.deployment("api")
                        .instances()
                        .surge()
                        .single()
                        .orElseThrow()
                        .of(10))
                .isEqualTo(5);
        assertThat(requireNonNull(tree.deployment("api").variables().get("POOL"))
                        .single())
                .contains("15");
    }
}
