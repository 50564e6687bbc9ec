package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.JvmModules.Presence;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.project.Project;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The pools of dynamic-datasource: one for each entry of {@code spring.datasource.dynamic.datasource}, with the settings of its
 * own block over those that all share.
 */
final class SeveralSourcesReader extends ApplicationReader {

    private static final String PREFIX = "spring.datasource.dynamic";

    SeveralSourcesReader() {
        super("dynamic:", "datasource.dynamic");
    }

    @Override
    boolean concerns(Setting setting) {
        return setting.canonical().startsWith(PREFIX + ".");
    }

    @Override
    void read(AppSettings app, Project project, Consumer<Fact> facts) {
        JvmModules modules = JvmModules.of(project);
        if (modules.known()
                && modules.presence(app.folder(), java.util.List.of("dynamic-datasource")) == Presence.NOWHERE) {
            return;
        }
        for (String name : app.names(PREFIX + ".datasource")) {
            String prefix = PREFIX + ".datasource." + name;
            Optional<Setting> url = app.written(prefix + ".url");
            if (url.isEmpty()) {
                continue;
            }
            PoolKind kind = kind(app, prefix, modules);
            PoolDraft pool = new PoolDraft(
                            url.get().file().name() + "#" + prefix,
                            kind.library(),
                            app.place(),
                            url.get().origin())
                    .runtime(SpringRuntime.blocking(app))
                    .version(modules.version(
                            app.folder(), kind.library(), kind.artifacts().get(0)));
            app.text(prefix + ".url").ifPresent(pool::url);
            String block = SpringDataSource.BLOCKS.getOrDefault(kind, kind.library());
            BlockSettings.add(pool, kind, app, PREFIX + "." + block);
            BlockSettings.add(pool, kind, app, prefix + "." + block);
            facts.accept(pool.fact());
        }
    }

    /** Its own order: the type that is written, Druid, HikariCP, DBCP 2. */
    private static PoolKind kind(AppSettings app, String prefix, JvmModules modules) {
        Optional<PoolKind> typed = app.value(prefix + ".type")
                .or(() -> app.value(SpringDataSource.PREFIX + ".type"))
                .flatMap(value -> value.single())
                .flatMap(name -> PoolKind.ofClass(String.valueOf(name)));
        boolean druid = modules.presence(app.folder(), PoolKind.DRUID.artifacts()) == Presence.HERE
                || !app.under(PREFIX + ".druid").isEmpty()
                || !app.under(prefix + ".druid").isEmpty();
        return typed.orElse(druid ? PoolKind.DRUID : PoolKind.HIKARI);
    }
}
