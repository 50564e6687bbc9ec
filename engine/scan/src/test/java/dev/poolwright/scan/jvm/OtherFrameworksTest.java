package dev.poolwright.scan.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.IdleSetting;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherFrameworksTest {

    private static final String GRAILS = """
            dataSource { pooled = true; username = "sa" }
            environments {
                test { dataSource { url = "jdbc:h2:mem:test" } }
                production {
                    // the real one
                    dataSource {
                        url = "jdbc:mysql://db/shop"
                        properties {
                            maxActive = 50
                            maxWait = 10_000 // milliseconds
                            minimumIdle = 4
                        }
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void quarkusSourcesByNameAndProfile() throws Exception {
        var pools = new SmallTree(folder)
                .with(
                        "pom.xml",
                        "<project><artifactId>a</artifactId><dependencies><artifactId>quarkus-jdbc-postgresql</artifactId></dependencies></project>")
                .with("src/main/resources/application.properties", """
                        quarkus.datasource.db-kind=postgresql
                        quarkus.datasource.jdbc.url=jdbc:postgresql://db/shop
                        quarkus.datasource.jdbc.max-size=30
                        %prod.quarkus.datasource.jdbc.max-size=60
                        %test.quarkus.datasource.jdbc.max-size=2
                        quarkus.datasource.reports.jdbc.acquisition-timeout=5S
                        quarkus.datasource.events.reactive.max-size=12
                        """)
                .pools();
        assertThat(pools)
                .extracting(pool -> pool.stack().library())
                .containsExactlyInAnyOrder("quarkus", "quarkus", "vertx");
        DeclaredPool main = pools.stream()
                .filter(pool -> pool.name().endsWith("#quarkus.datasource.jdbc"))
                .findFirst()
                .orElseThrow();
        assertThat(SmallTree.setting(main, "maxSize").possible()).containsExactlyInAnyOrder(60L, 30L);
    }

    @Test
    void micronautsSourcesBindStraightToThePool() throws Exception {
        DeclaredPool pool = new SmallTree(folder)
                .with("build.gradle.kts", "dependencies { implementation(\"io.micronaut.sql:micronaut-jdbc-hikari\") }")
                .with("src/main/resources/application.yml", """
                        datasources:
                          default:
                            url: ${DATABASE_URL}
                            maximum-pool-size: ${SIZE:20}
                            connection-timeout: 30000
                        """)
                .pool();
        assertThat(SmallTree.setting(pool, "maximumPoolSize").single()).contains(20L);
        assertThat(pool.url().single()).isEmpty();
    }

    @Test
    void grailsSevenKeepsSilentAboutTomcatsNames() throws Exception {
        SmallTree tree = new SmallTree(folder)
                .with("gradle.properties", "grailsVersion=7.0.1\n")
                .with("app/build.gradle", "implementation \"com.zaxxer:HikariCP:6\"")
                .with("app/grails-app/conf/application.groovy", GRAILS);
        assertThat(tree.idle()).extracting(IdleSetting::key).containsExactly("maxActive", "maxWait");
        assertThat(tree.idle().get(0).origin().line()).isEqualTo(9);
        assertThat(SmallTree.setting(tree.pool(), "minimumIdle").single()).contains(4L);
        assertThat(tree.pool().url().possible()).containsExactly("jdbc:mysql://db/shop");
    }

    @Test
    void grailsSixWithTomcatsPoolTakesThem() throws Exception {
        SmallTree tree = new SmallTree(folder)
                .with("gradle.properties", "grailsVersion=6.2.0\n")
                .with("app/build.gradle", "runtimeOnly \"org.apache.tomcat:tomcat-jdbc\"")
                .with("app/grails-app/conf/application.groovy", GRAILS);
        assertThat(tree.idle()).extracting(IdleSetting::key).containsExactly("minimumIdle");
        assertThat(tree.pool().stack().library()).isEqualTo("tomcat-jdbc");
        assertThat(SmallTree.setting(tree.pool(), "maxActive").single()).contains(50L);
    }

    @Test
    void hibernatesNamesForC3p0AreItsOwn() throws Exception {
        DeclaredPool pool = new SmallTree(folder)
                .with("api/src/main/resources/hibernate.properties", """
                        hibernate.connection.url=jdbc:mysql://localhost/shop
                        hibernate.c3p0.max_size=50
                        hibernate.c3p0.timeout=100
                        hibernate.c3p0.checkoutTimeout=30000
                        """)
                .pool();
        assertThat(pool.settings()).containsOnlyKeys("maxPoolSize", "maxIdleTime", "checkoutTimeout");
        assertThat(pool.origin().line()).isEqualTo(2);
    }

    @Test
    void beansOfSpringXmlAreReadWithTheirPlaceholders() throws Exception {
        DeclaredPool pool = new SmallTree(folder)
                .with("src/main/resources/jdbc.properties", "jdbc.max=15\n")
                .with("src/main/resources/context.xml", """
                        <beans>
                          <bean id="store" class="org.apache.commons.dbcp2.BasicDataSource">
                            <property name="url" value="jdbc:postgresql://db/shop"/>
                            <property name="maxTotal" value="${jdbc.max}"/>
                            <property name="maxWaitMillis"><value>2000</value></property>
                          </bean>
                        </beans>
                        """)
                .pool();
        assertThat(pool.stack().library()).isEqualTo("dbcp2");
        assertThat(SmallTree.setting(pool, "maxTotal").single()).contains(15L);
        assertThat(SmallTree.setting(pool, "maxWaitMillis").single()).contains(2000L);
    }

    @Test
    void tomcatsOwnFactoryDoesNotUseTheOldNames() throws Exception {
        SmallTree tree = new SmallTree(folder).with("src/main/webapp/META-INF/context.xml", """
                <Context>
                  <Resource name="jdbc/shop" type="javax.sql.DataSource" url="jdbc:mysql://db/shop"
                            maxActive="50" maxIdle="10"/>
                </Context>
                """);
        assertThat(tree.idle()).extracting(IdleSetting::key).containsExactly("maxActive");
        assertThat(tree.pool().settings()).containsOnlyKeys("maxIdle");
    }

    @Test
    void threadsOfServersAndJobsAreWorkers() throws Exception {
        assertThat(new SmallTree(folder)
                        .with("src/main/resources/application.properties", """
                                server.tomcat.threads.max=300
                                app.job.triggerpool.fast.max=200
                                spring.quartz.properties.org.quartz.threadPool.threadCount=25
                                """)
                        .workers())
                .extracting(workers -> workers.server() + " " + workers.threads())
                .containsExactlyInAnyOrder("tomcat 300", "triggerpool.fast 200", "quartz 25");
    }

    @Test
    void urlsTellTheirEnvironmentAndHowThePasswordIsWritten() throws Exception {
        var urls = new SmallTree(folder)
                .with("src/main/resources/application-prod.yml", """
                        spring:
                          datasource:
                            url: jdbc:postgresql://localhost:5432/shop?sslmode=require
                            username: shop
                            password: 7hX-not-a-local-word
                        """)
                .with("src/main/resources/application.yml", """
                        spring:
                          datasource:
                            url: jdbc:postgresql://db/shop
                            password: postgres
                        store:
                          url: jdbc:mysql://x/y
                          enabled: false
                        """)
                .urls();
        assertThat(urls)
                .extracting(url -> url.environment() + " " + url.host() + " " + url.password())
                .containsExactly("production localhost " + Password.LITERAL, " db " + Password.PLACEHOLDER);
        assertThat(urls.getFirst().passwordAt().line()).isEqualTo(5);
        assertThat(urls.getFirst().origin().line()).isEqualTo(3);
    }
}
