package dev.poolwright.files.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ManagedTiersTest {

    @Test
    void aProvidersNameOfATierIsFoundInTheCatalogue() {
        assertThat(ManagedTiers.name("postgresql", "db-g1-small")).contains("gcp/cloud-sql/postgresql/db-g1-small");
        assertThat(ManagedTiers.name("postgresql", "db-custom-2-7680")).contains("gcp/cloud-sql/postgresql/7.500GB");
        assertThat(ManagedTiers.name("postgresql", "db-n1-standard-4")).contains("gcp/cloud-sql/postgresql/15.000GB");
        assertThat(ManagedTiers.name("mysql", "db.t3.micro")).contains("aws/rds/mysql/1GiB");
        assertThat(ManagedTiers.name("postgresql", "db.m6g.large")).contains("aws/rds/postgresql/8GiB");
        assertThat(ManagedTiers.name("postgresql", "db.r6g.2xlarge")).contains("aws/rds/postgresql/64GiB");
    }

    @Test
    void whatIsNoTierHasNoName() {
        assertThat(ManagedTiers.name("postgresql", "standard-0")).isEmpty();
        assertThat(ManagedTiers.name("postgresql", "db.x2g.large")).isEmpty();
        assertThat(ManagedTiers.name("postgresql", "${var.tier}")).isEmpty();
    }

    @Test
    void theCatalogueKnowsWhatAManagedServerAllows() {
        assertThat(limit("postgresql", "db-g1-small")).contains(50);
        assertThat(limit("postgresql", "db-custom-2-7680")).contains(400);
        assertThat(limit("postgresql", "db.t3.small")).containsExactly(191, 225);
        assertThat(limit("mysql", "db-f1-micro")).contains(250);
        assertThat(Catalogue.builtIn().managed("sqlserver", "db.t3.small")).isEmpty();
    }

    private static List<Integer> limit(String engine, String tier) {
        return Catalogue.builtIn()
                .managed(engine, tier)
                .orElseThrow()
                .maxConnections()
                .possible();
    }
}
