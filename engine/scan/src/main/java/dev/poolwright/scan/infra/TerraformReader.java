package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.function.Consumer;

/** Terraform: database servers, connectors and services of Google Cloud and AWS. */
final class TerraformReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.MANIFESTS;
    }

    @Override
    public Interest interest() {
        return Interest.in(
                Language.HCL,
                "google_sql_database_instance",
                "google_vpc_access_connector",
                "google_cloud_run_service",
                "google_cloud_run_v2_service",
                "aws_db_instance",
                "aws_rds_cluster",
                "aws_db_proxy",
                "aws_ecs_service",
                "azurerm_postgresql_flexible_server",
                "terraform-aws-modules/rds",
                "terraform-google-modules/sql-db");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        if (!file.fileName().endsWith(".tf")) {
            return;
        }
        TerraformModule module = TerraformModule.of(file.folder(), project);
        for (ConfigNode document : project.config(file)) {
            new TerraformDatabases(module, Manifest.placeOf(file), facts).read(document);
            new TerraformServices(module, Manifest.placeOf(file), Environments.of(file.name()), facts).read(document);
        }
    }
}
