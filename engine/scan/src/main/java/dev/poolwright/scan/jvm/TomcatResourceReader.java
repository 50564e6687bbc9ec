package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.jvm.pool.JdbcUrl;
import dev.poolwright.scan.jvm.pool.Passwords;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.pool.WrittenPassword;
import dev.poolwright.scan.jvm.settings.Values;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code <Resource type="javax.sql.DataSource" …/>} in {@code context.xml} and {@code server.xml}. Without a factory of its own
 * Tomcat 8 and later take DBCP 2, which has other names than Tomcat JDBC.
 */
final class TomcatResourceReader implements Reader {

    /** DBCP 1's and Tomcat JDBC's names, and what DBCP 2 calls them. */
    private static final Map<String, String> OLD =
            Map.of("maxActive", "maxTotal", "maxWait", "maxWaitMillis", "removeAbandoned", "removeAbandonedOnBorrow");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return Interest.in(EnumSet.of(Language.XML), "javax.sql.DataSource", "jakarta.sql.DataSource");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        for (ConfigNode document : project.config(file)) {
            resources(document, 0, node -> one(node, file, facts));
        }
    }

    private static void resources(ConfigNode node, int depth, Consumer<ConfigNode> take) {
        if (depth > 12 || !(node instanceof ConfigNode.Entries entries)) {
            return;
        }
        entries.entries().forEach((name, below) -> {
            for (ConfigNode one : XmlProperties.elements(below)) {
                if (name.equals("Resource") && one.text("@type").endsWith("sql.DataSource")) {
                    take.accept(one);
                }
                resources(one, depth + 1, take);
            }
        });
    }

    private static void one(ConfigNode resource, SourceFile file, Consumer<Fact> facts) {
        String factory = resource.text("@factory");
        PoolKind kind = factory.contains("tomcat.jdbc.pool")
                ? PoolKind.TOMCAT
                : factory.contains("hikari") ? PoolKind.HIKARI : PoolKind.DBCP2;
        boolean other = !factory.isEmpty() && kind == PoolKind.DBCP2 && !factory.contains("dbcp");
        if (other) {
            return;
        }
        PoolDraft pool = new PoolDraft(
                file.name() + "#" + resource.text("@name"), kind.library(), file.place(), resource.origin());
        resource.entries().forEach((name, node) -> {
            if (name.startsWith("@") && node instanceof ConfigNode.Scalar value) {
                attribute(name.substring(1), value, kind, factory.isEmpty(), pool, file, facts);
            }
        });
        String url = resource.text("@url").isEmpty() ? resource.text("@jdbcUrl") : resource.text("@url");
        if (!url.isEmpty()) {
            pool.url(Value.known(url, resource.origin()));
            JdbcUrl.of(url)
                    .ifPresent(found -> facts.accept(
                            found.fact(pool.name(), password(resource), "", file.place(), resource.origin())));
        }
        facts.accept(pool.fact());
    }

    private static WrittenPassword password(ConfigNode resource) {
        return resource.at("@password")
                .map(written -> new WrittenPassword(
                        Passwords.of(resource.text("@password"), resource.text("@username")), written.origin()))
                .orElse(WrittenPassword.NONE);
    }

    /** Without a factory, old names are idle only from Tomcat 8 on; those who write both mean both. */
    private static void attribute(
            String key,
            ConfigNode.Scalar value,
            PoolKind kind,
            boolean defaultFactory,
            PoolDraft pool,
            SourceFile file,
            Consumer<Fact> facts) {
        if (kind.has(key)) {
            pool.set(kind.spelled(key), Value.known(Values.typed(value.text()), value.origin()));
        } else if (kind == PoolKind.DBCP2 && OLD.containsKey(key)) {
            facts.accept(new IdleSetting(
                    key,
                    value.text(),
                    "dbcp2",
                    pool.name(),
                    (defaultFactory ? "Tomcat's own factory makes a DBCP 2 pool from Tomcat 8 on, which" : "DBCP 2")
                            + " does not use " + key,
                    "the default of " + OLD.get(key) + ", DBCP 2's key for it",
                    List.of(),
                    file.place(),
                    value.origin()));
        }
    }
}
