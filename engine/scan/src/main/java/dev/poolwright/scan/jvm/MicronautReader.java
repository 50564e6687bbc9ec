package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.JvmModules.Presence;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.project.Project;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The data sources of Micronaut: {@code datasources.name.*} binds straight to the pool that is there. */
final class MicronautReader extends ApplicationReader {

    MicronautReader() {
        super("datasources");
    }

    @Override
    boolean concerns(Setting setting) {
        return setting.canonical().startsWith("datasources.")
                || setting.canonical().startsWith("r2dbc.datasources.");
    }

    @Override
    void read(AppSettings app, Project project, Consumer<Fact> facts) {
        JvmModules modules = JvmModules.of(project);
        if (modules.presence(app.folder(), List.of("micronaut")) == Presence.NOWHERE) {
            return;
        }
        PoolKind kind = modules.presence(app.folder(), List.of("jdbc-tomcat")) == Presence.HERE
                ? PoolKind.TOMCAT
                : modules.presence(app.folder(), List.of("jdbc-dbcp")) == Presence.HERE
                        ? PoolKind.DBCP2
                        : PoolKind.HIKARI;
        for (String name : app.names("datasources")) {
            String prefix = "datasources." + name;
            if (app.has(prefix + ".url") || app.has(prefix + ".jdbc-url")) {
                facts.accept(pool(app, prefix, kind, modules).fact());
            }
        }
        for (String name : app.names("r2dbc.datasources")) {
            reactive(app, "r2dbc.datasources." + name, modules, facts);
        }
    }

    private static PoolDraft pool(AppSettings app, String prefix, PoolKind kind, JvmModules modules) {
        Setting first = first(app, prefix);
        PoolDraft pool = new PoolDraft(first.file().name() + "#" + prefix, kind.library(), app.place(), first.origin())
                .version(modules.version(
                        app.folder(), kind.library(), kind.artifacts().get(0)));
        app.text(prefix + ".url").or(() -> app.text(prefix + ".jdbc-url")).ifPresent(pool::url);
        for (Setting setting : app.under(prefix)) {
            String key = BlockSettings.below(setting, prefix);
            String camel = Setting.camel(key);
            if (!key.contains(".") && (!kind.keysAreKnown() || kind.has(camel))) {
                app.value(setting.key()).ifPresent(value -> pool.set(kind.spelled(camel), value));
            }
        }
        return pool;
    }

    private static Setting first(AppSettings app, String prefix) {
        return app.under(prefix).stream()
                .min(java.util.Comparator.comparing((Setting setting) -> setting.profile())
                        .thenComparing(setting -> setting.file().name())
                        .thenComparingInt(setting -> setting.origin().line()))
                .orElseThrow();
    }

    private static void reactive(AppSettings app, String prefix, JvmModules modules, Consumer<Fact> facts) {
        Optional<Setting> url = app.written(prefix + ".url");
        boolean pooled = url.map(setting -> setting.text().contains(":pool:")).orElse(false)
                || app.written(prefix + ".options.driver")
                        .map(setting -> setting.text().equals("pool"))
                        .orElse(false);
        if (pooled) {
            Setting first = first(app, prefix);
            PoolDraft pool = new PoolDraft(
                            first.file().name() + "#" + prefix, "r2dbc-pool", app.place(), first.origin())
                    .runtime("event-loop")
                    .version(modules.version(app.folder(), "r2dbc-pool"));
            app.text(prefix + ".url").ifPresent(pool::url);
            for (Setting setting : app.under(prefix + ".options")) {
                String key = Setting.camel(BlockSettings.below(setting, prefix + ".options"));
                if (SpringR2dbcReader.POOL_OPTIONS.contains(key)) {
                    app.value(setting.key()).ifPresent(value -> pool.set(key, value));
                }
            }
            facts.accept(pool.fact());
        }
    }
}
