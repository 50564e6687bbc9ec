package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.JvmModules.Presence;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The data sources of Quarkus, by name, blocking and reactive. */
final class QuarkusReader extends ApplicationReader {

    private static final String PREFIX = "quarkus.datasource";

    /** What stands directly below the prefix and is no name of a data source. */
    private static final Set<String> OWN = Set.of(
            "jdbc",
            "reactive",
            "dbkind",
            "dbversion",
            "username",
            "password",
            "devservices",
            "healthexclude",
            "health",
            "metrics",
            "active",
            "credentialsprovider",
            "credentialsprovidername",
            "url",
            "driver",
            "maxsize",
            "minsize");

    QuarkusReader() {
        super("quarkus");
    }

    @Override
    boolean concerns(Setting setting) {
        return setting.canonical().startsWith(PREFIX + ".");
    }

    @Override
    void read(AppSettings app, Project project, Consumer<Fact> facts) {
        JvmModules modules = JvmModules.of(project);
        if (modules.known() && modules.presence(app.folder(), List.of("quarkus")) == Presence.NOWHERE) {
            return;
        }
        List<String> prefixes = new ArrayList<>(List.of(PREFIX));
        for (String name : app.names(PREFIX)) {
            if (!OWN.contains(Setting.canonical(name))) {
                prefixes.add(PREFIX + "." + name);
            }
        }
        for (String prefix : prefixes) {
            one(prefix, "jdbc", "quarkus", app, modules, facts);
            one(prefix, "reactive", "vertx", app, modules, facts);
        }
    }

    private static void one(
            String prefix, String block, String library, AppSettings app, JvmModules modules, Consumer<Fact> facts) {
        List<Setting> settings = app.under(prefix + "." + block);
        boolean declared = app.has(prefix + ".db-kind") || app.has(prefix + ".username");
        boolean artifact = modules.presence(
                        app.folder(),
                        block.equals("jdbc")
                                ? List.of("quarkus-jdbc-", "quarkus-agroal")
                                : List.of("quarkus-reactive-"))
                == Presence.HERE;
        boolean off = app.written(prefix + "." + block)
                .map(setting -> setting.text().equals("false"))
                .orElse(false);
        Optional<Setting> first = settings.stream()
                .findFirst()
                .or(() -> declared && artifact
                        ? app.written(prefix + ".db-kind").or(() -> app.written(prefix + ".username"))
                        : Optional.empty());
        if (off || first.isEmpty()) {
            return;
        }
        boolean reactive = block.equals("reactive");
        PoolDraft pool = new PoolDraft(
                        first.get().file().name() + "#" + prefix + "." + block,
                        library,
                        app.place(),
                        first.get().origin())
                .runtime(reactive ? "event-loop" : "threads")
                .version(modules.version(app.folder(), "quarkus"));
        app.text(prefix + "." + block + ".url").ifPresent(pool::url);
        for (Setting setting : settings) {
            String key = BlockSettings.below(setting, prefix + "." + block);
            boolean driver = key.startsWith("additional-jdbc-properties.");
            if (driver || !key.contains(".")) {
                String name = driver ? "dataSource." + key.substring(key.indexOf('.') + 1) : Setting.camel(key);
                app.value(setting.key()).ifPresent(value -> pool.set(name, value));
            }
        }
        facts.accept(pool.fact());
    }
}
