package dev.poolwright.scan.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fleet.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpringPoolReaderTest {

    private static final String YAML = "shop/src/main/resources/application.yml";

    @TempDir
    Path folder;

    private SmallTree shop(String yaml) throws Exception {
        return new SmallTree(folder).with("shop/pom.xml", SmallTree.JDBC_POM).with(YAML, yaml);
    }

    @Test
    void kebabKeysOfTheHikariBlockAreTheLibrarysOwnWithLines() throws Exception {
        DeclaredPool pool = shop("""
                        spring:
                          datasource:
                            url: jdbc:postgresql://db:5432/shop
                            password: very-Secret-77
                            hikari:
                              maximum-pool-size: 20
                              minimumIdle: 5
                              data-source-properties:
                                cachePrepStmts: true
                        """).pool();
        assertThat(pool.name()).isEqualTo(YAML + "#spring.datasource.hikari");
        assertThat(pool.stack().library()).isEqualTo("hikaricp");
        assertThat(pool.stack().driver()).isEqualTo("pgjdbc");
        assertThat(SmallTree.setting(pool, "maximumPoolSize").single()).contains(20L);
        assertThat(SmallTree.setting(pool, "maximumPoolSize").origin().line()).isEqualTo(6);
        assertThat(pool.settings()).containsKeys("minimumIdle", "dataSource.cachePrepStmts");
        assertThat(pool.toString()).doesNotContain("very-Secret");
    }

    @Test
    void aStarterAndAUrlMakeAPoolWithoutAnyPoolKey() throws Exception {
        DeclaredPool pool = shop("spring.datasource.url: jdbc:mysql://db/shop").pool();
        assertThat(pool.stack().library()).isEqualTo("hikaricp");
        assertThat(pool.settings()).isEmpty();
    }

    @Test
    void aUrlWithoutAnyLibraryThatUsesItMakesNoPool() throws Exception {
        assertThat(new SmallTree(folder)
                        .with("shop/pom.xml", "<project><artifactId>shop</artifactId></project>")
                        .with(YAML, "spring.datasource.url: jdbc:mysql://db/shop")
                        .pools())
                .isEmpty();
    }

    @Test
    void druidsStarterMakesADruidPool() throws Exception {
        DeclaredPool pool = new SmallTree(folder)
                .with("pom.xml", SmallTree.JDBC_POM.replace("spring-boot-starter-jdbc", "druid-spring-boot-starter"))
                .with("src/main/resources/application.properties", """
                        spring.datasource.url=jdbc:mysql://db/shop
                        spring.datasource.druid.max-active=20
                        """)
                .pool();
        assertThat(pool.stack().library()).isEqualTo("druid");
        assertThat(SmallTree.setting(pool, "maxActive").single()).contains(20L);
    }

    @Test
    void theDefaultOfAPlaceholderIsAllAfterTheFirstColon() throws Exception {
        DeclaredPool pool = shop("""
                        spring:
                          datasource:
                            url: ${DB_URL:jdbc:postgresql://${DB_HOST:localhost}:5432/shop}
                            hikari:
                              maximum-pool-size: ${POOL_SIZE:-1}
                              minimum-idle: ${pool.idle}
                        pool:
                          idle: 3
                        """).pool();
        assertThat(SmallTree.setting(pool, "maximumPoolSize").single()).contains(-1L);
        assertThat(SmallTree.setting(pool, "maximumPoolSize").trail()).isNotEmpty();
        assertThat(SmallTree.setting(pool, "minimumIdle").single()).contains(3L);
        assertThat(pool.url().single()).contains("jdbc:postgresql://localhost:5432/shop");
    }

    @Test
    void profilesByFileAndByDocumentGiveOneOfSeveralValues() throws Exception {
        DeclaredPool pool = shop("""
                        spring:
                          datasource:
                            url: jdbc:postgresql://db/shop
                            hikari:
                              maximum-pool-size: 10
                        ---
                        spring:
                          config:
                            activate:
                              on-profile: batch
                          datasource:
                            hikari:
                              maximum-pool-size: 30
                        """)
                .with(
                        "shop/src/main/resources/application-prod.properties",
                        "spring.datasource.hikari.maximum-pool-size=50\n")
                .with(
                        "shop/src/main/resources/application-test.properties",
                        "spring.datasource.hikari.maximum-pool-size=1\n")
                .pools()
                .stream()
                .filter(one -> one.place() == dev.poolwright.model.fact.Place.MAIN)
                .findFirst()
                .orElseThrow();
        Value<Object> size = SmallTree.setting(pool, "maximumPoolSize");
        assertThat(size.possible()).containsExactlyInAnyOrder(10L, 30L, 50L);
        assertThat(size.toString()).contains("prod").contains("batch");
    }

    @Test
    void aManifestsVariableReplacesTheDefault() throws Exception {
        DeclaredPool pool = shop("""
                        spring:
                          datasource:
                            url: jdbc:postgresql://db/shop
                            hikari:
                              maximum-pool-size: ${POOL_SIZE:10}
                        """).with("deploy/shop.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: shop
                        spec:
                          replicas: 2
                          template:
                            spec:
                              containers:
                                - name: shop
                                  image: registry/shop:1
                                  env:
                                    - name: POOL_SIZE
                                      value: "25"
                        """).pool();
        assertThat(SmallTree.setting(pool, "maximumPoolSize").single()).contains(25L);
    }

    @Test
    void virtualThreadsAreTheRuntimeWhereTheyAreSwitchedOn() throws Exception {
        assertThat(shop("""
                        spring:
                          threads.virtual.enabled: true
                          datasource.url: jdbc:postgresql://db/shop
                        """).pool().stack().runtime()).isEqualTo("virtual-threads");
    }

    @Test
    void copiesOfTheConfigurationBesideManifestsAreNoFurtherPools() throws Exception {
        assertThat(shop("spring.datasource.url: jdbc:mysql://db/shop")
                        .with("deploy/shop/conf/application.yml", "spring.datasource.url: jdbc:mysql://db/shop")
                        .pools())
                .hasSize(1);
    }

    @Test
    void severalSourcesAreSeveralPoolsWithTheSharedSettings() throws Exception {
        var pools = new SmallTree(folder)
                .with(
                        "pom.xml",
                        SmallTree.JDBC_POM.replace(
                                "spring-boot-starter-jdbc", "dynamic-datasource-spring-boot-starter"))
                .with("src/main/resources/application.yml", """
                        spring:
                          datasource:
                            dynamic:
                              hikari:
                                max-lifetime: 600000
                              datasource:
                                master:
                                  url: jdbc:mysql://a/shop
                                  hikari:
                                    maximum-pool-size: 8
                                slave:
                                  url: jdbc:mysql://b/shop
                        """)
                .pools();
        assertThat(pools).extracting(DeclaredPool::name).allMatch(name -> name.contains("dynamic.datasource."));
        assertThat(pools).hasSize(2).allMatch(pool -> pool.settings().containsKey("maxLifetime"));
        assertThat(pools).anyMatch(pool -> pool.settings().containsKey("maximumPoolSize"));
    }

    @Test
    void documentsOfPropertiesHaveProfilesAndKeepTheirLines() throws Exception {
        DeclaredPool pool = new SmallTree(folder)
                .with("pom.xml", SmallTree.JDBC_POM)
                .with("src/main/resources/application.properties", """
                        spring.datasource.url=jdbc:postgresql://db/shop
                        spring.datasource.hikari.maximum-pool-size=10
                        #---
                        spring.config.activate.on-profile=batch
                        spring.datasource.hikari.maximum-pool-size=30
                        """)
                .pool();
        Value<Object> size = SmallTree.setting(pool, "maximumPoolSize");
        assertThat(size.possible()).containsExactlyInAnyOrder(10L, 30L);
        assertThat(((Value.OneOf<Object>) size).cases().get(0).value().origin().line())
                .isEqualTo(5);
    }

    @Test
    void theBlockOfASharedModuleCountsInTheProgramsThatAreBuiltWithIt() throws Exception {
        DeclaredPool pool = new SmallTree(folder)
                .with("common/pom.xml", SmallTree.JDBC_POM.replace("shop", "common"))
                .with(
                        "common/src/main/resources/application.properties",
                        "spring.datasource.hikari.maximum-pool-size=7\n")
                .with("shop/pom.xml", SmallTree.JDBC_POM.replace("spring-boot-starter-jdbc", "common"))
                .with(YAML, "spring.datasource.url: jdbc:mysql://db/shop")
                .pool();
        assertThat(pool.name()).startsWith("shop/");
        assertThat(SmallTree.setting(pool, "maximumPoolSize").single()).contains(7L);
    }
}
