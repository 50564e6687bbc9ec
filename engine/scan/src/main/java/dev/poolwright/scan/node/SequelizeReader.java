package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Sequelize: {@code new Sequelize(..., { pool })}, also by {@code config/config.json}, and NestJS's {@code SequelizeModule}. */
final class SequelizeReader extends NodeReader {

    private static final Set<String> PACKAGES = Set.of("sequelize", "@sequelize/core", "sequelize-typescript");
    private static final Set<String> KEYS = Set.of("max", "min", "idle", "acquire", "evict", "maxUses");

    /** Spellings of other libraries that Sequelize does not hand to its pool (sequelize 6 connection-manager.js). */
    private static final Map<String, String> FOREIGN = Map.of(
            "acquireTimeoutMillis", "acquire",
            "acquireTimeout", "acquire",
            "connectionTimeoutMillis", "acquire",
            "idleTimeoutMillis", "idle",
            "idleTimeout", "idle",
            "maxIdleTime", "idle",
            "maxConnections", "max",
            "connectionLimit", "max",
            "minConnections", "min");

    SequelizeReader() {
        super("new Sequelize", "SequelizeModule");
    }

    @Override
    void read(NodeModule module, Project project, Consumer<Fact> facts) {
        NodeValues values = new NodeValues(project);
        module.root().all("new_expression", "call_expression").forEach(node -> {
            if (node.is("new_expression")
                    ? values.names().of(module, node.child("constructor").orElse(node))
                                    instanceof Meaning.Foreign foreign
                            && PACKAGES.contains(foreign.source())
                            && (foreign.last().equals("Sequelize")
                                    || foreign.path().isEmpty())
                    : Texts.called(node).equals("forRoot")
                            && Texts.receiver(node)
                                    .filter(one -> one.text().equals("SequelizeModule"))
                                    .isPresent()) {
                site(module, project, values, node, facts);
            }
        });
    }

    private static void site(
            NodeModule module, Project project, NodeValues values, SyntaxNode made, Consumer<Fact> facts) {
        NodeOptions reader = new NodeOptions(values.names());
        Map<String, NodeOptions.Option> options = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            Texts.argument(made, i).ifPresent(one -> options.putAll(reader.of(module, one)));
        }
        PoolSite site =
                new PoolSite(project, values, module, made, "sequelize").version("sequelize", "@sequelize/core");
        NodeOptions.Option dialect = options.get("dialect");
        if (dialect != null) {
            Object name = values.of(dialect).single().orElse("");
            if (name.equals("sqlite")) {
                return;
            }
            site.driver(
                    name.equals("postgres") ? "pg" : name.equals("mysql") || name.equals("mariadb") ? "mysql2" : "");
        }
        Texts.argument(made, 0)
                .filter(one -> !one.is("object") && Texts.argument(made, 2).isEmpty())
                .ifPresent(one -> site.urlFrom(values, new NodeOptions.Option(module, one, one, ""), facts));
        if (site.isEmbedded()) {
            return;
        }
        NodeOptions.Option pool = options.get("pool");
        if (pool != null) {
            Map<String, NodeOptions.Option> settings = reader.of(pool.module(), pool.value());
            site.settings(settings, KEYS);
            site.unread(settings, FOREIGN, "Sequelize's pool", facts);
        } else if (options.isEmpty() && module.root().text().contains("config.json")) {
            configFile(site, project, module.file(), made);
        }
        site.tell(facts, made.is("new_expression") ? Keeping.of(module, made) : Keeping.PROCESS);
    }

    /** {@code require("../config/config.json")[env]}, as Sequelize's own generator writes it. */
    private static void configFile(PoolSite site, Project project, SourceFile user, SyntaxNode made) {
        String folder = user.folder();
        for (int up = 0; up < 6; up++) {
            Optional<SourceFile> file = project.file(NodeIndex.join(folder, "config/config.json"));
            if (file.isPresent()) {
                for (ConfigNode document : project.config(file.get())) {
                    document.entries("production", "pool").forEach((key, value) -> {
                        if (KEYS.contains(key) && value instanceof ConfigNode.Scalar scalar) {
                            Value<Object> known = Value.known(
                                    NodeValues.parsed(scalar.text()),
                                    scalar.origin(),
                                    List.of(new Step("production of config/config.json", made.origin())));
                            site.setting(key, known);
                        }
                    });
                }
                return;
            }
            if (folder.isEmpty()) {
                return;
            }
            folder = folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : "";
        }
    }
}
