package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.pool.JdbcUrl;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.JvmModules.Presence;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.jvm.settings.Values;
import dev.poolwright.scan.project.Project;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The pool that Spring Boot makes of {@code spring.r2dbc}, and pool settings in a URL that names no pool. */
final class SpringR2dbcReader extends ApplicationReader {

    private static final String PREFIX = "spring.r2dbc";

    /** Options of r2dbc-pool's own driver, which only reads them where the URL names it. */
    static final Set<String> POOL_OPTIONS = Set.of(
            "initialSize",
            "maxSize",
            "minIdle",
            "maxIdleTime",
            "maxLifeTime",
            "maxAcquireTime",
            "maxCreateConnectionTime",
            "maxValidationTime",
            "acquireRetry",
            "backgroundEvictionInterval");

    SpringR2dbcReader() {
        super("r2dbc");
    }

    @Override
    boolean concerns(Setting setting) {
        return setting.canonical().startsWith(PREFIX + ".");
    }

    @Override
    void read(AppSettings app, Project project, Consumer<Fact> facts) {
        JvmModules modules = JvmModules.of(project);
        Optional<Setting> url = app.written(PREFIX + ".url");
        boolean there = !modules.known() || modules.presence(app.folder(), List.of("r2dbc")) != Presence.NOWHERE;
        if (url.isEmpty() || !there) {
            return;
        }
        Value<String> text = app.text(PREFIX + ".url").orElseThrow();
        boolean named = text.possible().stream().anyMatch(one -> one.contains(":pool:"));
        boolean off = app.value(PREFIX + ".pool.enabled")
                .flatMap(Value::single)
                .filter(Boolean.FALSE::equals)
                .isPresent();
        List<Setting> block = app.under(PREFIX + ".pool");
        String symbol = PREFIX + (block.isEmpty() ? "" : ".pool");
        Setting first = block.isEmpty() ? url.get() : block.get(0);
        String name = first.file().name() + "#" + symbol;
        if (!named) {
            text.single().ifPresent(one -> unread(one, url.get(), app, facts));
        }
        if (off && !named) {
            block.stream()
                    .filter(setting -> !setting.canonical().endsWith(".enabled"))
                    .forEach(setting -> facts.accept(new IdleSetting(
                            setting.key(),
                            setting.text(),
                            "r2dbc-pool",
                            name,
                            "the pool is switched off by " + PREFIX + ".pool.enabled",
                            "a connection of its own for each use",
                            List.of(),
                            app.place(),
                            setting.origin())));
            return;
        }
        PoolDraft pool = new PoolDraft(name, "r2dbc-pool", app.place(), first.origin())
                .runtime("event-loop")
                .version(modules.version(app.folder(), "r2dbc-pool"));
        pool.url(text);
        if (named) {
            text.single().flatMap(JdbcUrl::of).ifPresent(parts -> options(parts, url.get(), pool));
        }
        for (Setting setting : block) {
            String key = Setting.camel(BlockSettings.below(setting, PREFIX + ".pool"));
            if (!key.equals("enabled")) {
                app.value(setting.key()).ifPresent(value -> pool.set(key, value));
            }
        }
        facts.accept(pool.fact());
    }

    private static void options(JdbcUrl url, Setting at, PoolDraft pool) {
        for (String parameter : url.parameters()) {
            int equals = parameter.indexOf('=');
            String name = parameter.substring(0, equals);
            if (POOL_OPTIONS.contains(name)) {
                pool.set(name, Value.known(Values.typed(parameter.substring(equals + 1)), at.origin()));
            }
        }
    }

    private static void unread(String text, Setting url, AppSettings app, Consumer<Fact> facts) {
        for (String parameter : JdbcUrl.of(text).map(JdbcUrl::parameters).orElse(List.of())) {
            int equals = parameter.indexOf('=');
            String name = parameter.substring(0, equals);
            if (POOL_OPTIONS.contains(name)) {
                facts.accept(new IdleSetting(
                        name,
                        parameter.substring(equals + 1),
                        "r2dbc-pool",
                        url.file().name() + "#" + PREFIX,
                        "the URL names a driver that does not pool; the pool reads its options from r2dbc:pool: URLs only",
                        "what " + PREFIX + ".pool says, else the default",
                        List.of(),
                        app.place(),
                        url.origin()));
            }
        }
    }
}
