package dev.poolwright.scan.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmDeclarationsTest {

    @TempDir
    private Path root;

    private DeclaredTree tree = new DeclaredTree(Path.of(""));

    @BeforeEach
    void tree() {
        tree = new DeclaredTree(root);
    }

    @Test
    void theParentIsBootAndBootManagesHikari() throws IOException {
        tree.file("pom.xml", """
                <project>
                  <parent>
                    <groupId>org.springframework.boot</groupId>
                    <artifactId>spring-boot-starter-parent</artifactId>
                    <version>3.2.2</version>
                  </parent>
                  <dependencies>
                    <dependency>
                      <groupId>org.springframework.boot</groupId>
                      <artifactId>spring-boot-starter-data-jpa</artifactId>
                    </dependency>
                    <dependency>
                      <groupId>org.testcontainers</groupId>
                      <artifactId>postgresql</artifactId>
                      <version>1.19.0</version>
                    </dependency>
                  </dependencies>
                </project>
                """);
        assertThat(tree.found()).containsExactly(": spring-boot 3.2.2 line 5", ": hikaricp 5.0.1 line 10");
    }

    @Test
    void versionsComeThroughPropertiesParentsAndListsOfVersionsInTheTree() throws IOException {
        tree.file("pom.xml", """
                <project>
                  <artifactId>root</artifactId>
                  <version>1.2.3</version>
                  <properties><pg.version>42.7.4</pg.version><hikaricp.version>6.0.0</hikaricp.version></properties>
                  <dependencyManagement><dependencies>
                    <dependency>
                      <groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>${pg.version}</version>
                    </dependency>
                    <dependency>
                      <groupId>own</groupId><artifactId>versions</artifactId><version>1</version>
                      <type>pom</type><scope>import</scope>
                    </dependency>
                  </dependencies></dependencyManagement>
                </project>
                """).file("versions/pom.xml", """
                <project>
                  <artifactId>versions</artifactId>
                  <dependencyManagement><dependencies>
                    <dependency>
                      <groupId>com.alibaba</groupId><artifactId>druid</artifactId><version>1.2.9</version>
                    </dependency>
                  </dependencies></dependencyManagement>
                </project>
                """).file("app/pom.xml", """
                <project>
                  <parent><groupId>own</groupId><artifactId>root</artifactId><version>1.2.3</version></parent>
                  <artifactId>app</artifactId>
                  <dependencies>
                    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId></dependency>
                    <dependency><groupId>com.alibaba</groupId><artifactId>druid</artifactId></dependency>
                    <dependency><groupId>com.zaxxer</groupId><artifactId>HikariCP</artifactId></dependency>
                    <dependency>
                      <groupId>org.hibernate.orm</groupId><artifactId>hibernate-c3p0</artifactId><version>7.0</version>
                    </dependency>
                  </dependencies>
                </project>
                """);
        assertThat(tree.found())
                .containsExactly(
                        "app: pgjdbc 42.7.4 line 5",
                        "app: druid 1.2.9 line 6",
                        "app: hikaricp 6.0.0 line 7",
                        "app: c3p0 + line 9");
    }

    @Test
    void pomsThatAreTheirOwnParentsEnd() throws IOException {
        tree.file("pom.xml", """
                <project>
                  <parent><artifactId>a</artifactId><relativePath>pom.xml</relativePath></parent>
                  <artifactId>a</artifactId>
                  <properties><x>${y}</x><y>${x}</y></properties>
                  <dependencyManagement><dependencies><dependency>
                    <artifactId>a</artifactId><scope>import</scope>
                  </dependency></dependencies></dependencyManagement>
                  <dependencies><dependency><artifactId>druid</artifactId><version>${x}</version></dependency></dependencies>
                </project>
                """);
        assertThat(tree.found()).containsExactly(": druid + line 8");
    }

    @Test
    void gradleTakesVersionsFromVariablesPluginsAndProperties() throws IOException {
        tree.file("build.gradle", """
                buildscript {
                    ext { pgVersion = '42.7.4' }
                }
                plugins {
                    id 'org.springframework.boot' version '3.4.1'
                }
                """)
                .file("gradle.properties", "druidVersion=1.2.9\n")
                .file("app/build.gradle", """
                dependencies {
                    implementation 'org.springframework.boot:spring-boot-starter-jdbc'
                    // implementation 'com.mchange:c3p0:0.9.5'
                    runtimeOnly "org.postgresql:postgresql:$pgVersion"
                    implementation "com.alibaba:druid:${druidVersion}"
                    implementation group: 'org.jooq', name: 'jooq', version: '3.19.1'
                    testImplementation 'org.testcontainers:postgresql:1.19.0'
                }
                """);
        assertThat(tree.found())
                .containsExactly(
                        "app: hikaricp 5.1.0 line 2",
                        "app: pgjdbc 42.7.4 line 4",
                        "app: druid 1.2.9 line 5",
                        "app: jooq 3.19.1 line 6",
                        ": spring-boot 3.4.1 line 5");
    }

    @Test
    void gradleTakesLibrariesPluginsAndBundlesFromItsCatalog() throws IOException {
        tree.file("gradle/libs.versions.toml", """
                [versions]
                hikari = "6.2.1"
                [libraries]
                hikari-cp = { module = "com.zaxxer:HikariCP", version.ref = "hikari" }
                pg = "org.postgresql:postgresql:42.7.1"
                jooq = { group = "org.jooq", name = "jooq", version = { strictly = "3.18.0" } }
                [bundles]
                db = ["pg", "jooq"]
                [plugins]
                boot = { id = "org.springframework.boot", version = "3.3.0" }
                """).file("app/build.gradle.kts", """
                plugins { alias(libs.plugins.boot) }
                dependencies {
                    implementation(libs.hikari.cp)
                    implementation(libs.bundles.db)
                    implementation(libs.unknown)
                }
                """);
        assertThat(tree.found())
                .containsExactly(
                        "app: spring-boot 3.3.0 line 1",
                        "app: hikaricp 6.2.1 line 3",
                        "app: jooq 3.18.0 line 4",
                        "app: pgjdbc 42.7.1 line 4");
    }
}
