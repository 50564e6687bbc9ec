package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.JvmModules.Presence;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys below {@code spring.datasource} that nothing reads. */
final class SpringIdleSettings {

    /** Keys that Boot 1 took directly below the prefix, for whatever pool there was. */
    private static final Set<String> BOOT_1 = Set.of(
            "maxactive",
            "maxidle",
            "minidle",
            "maxwait",
            "initialsize",
            "testonborrow",
            "testwhileidle",
            "testonreturn",
            "validationquery",
            "timebetweenevictionrunsmillis",
            "minevictableidletimemillis",
            "removeabandoned",
            "removeabandonedtimeout",
            "maximumpoolsize",
            "minimumidle",
            "maxpoolsize",
            "poolpreparedstatements",
            "maxpoolpreparedstatementperconnectionsize",
            "maxage",
            "maxlifetime",
            "idletimeout",
            "connectiontimeout");

    private SpringIdleSettings() {}

    /** The block of a pool that Boot does not make, because the program makes its own data source and does not bind it. */
    static List<IdleSetting> ofOwnBean(
            AppSettings app, List<DataSourceBean> own, DataSourceBeans beans, JvmModules modules) {
        List<IdleSetting> idle = new ArrayList<>();
        Optional<DataSourceBean> bean =
                own.stream().filter(one -> !one.conditional()).findFirst();
        if (bean.isEmpty()) {
            return idle;
        }
        String module = modules.module(app.folder());
        for (PoolKind kind : List.of(PoolKind.HIKARI, PoolKind.TOMCAT, PoolKind.DBCP2)) {
            String prefix = SpringDataSource.PREFIX + "." + SpringDataSource.BLOCKS.get(kind);
            List<Setting> block = app.under(prefix);
            if (block.isEmpty() || isBoundByHand(kind, prefix, module, beans)) {
                continue;
            }
            String made = bean.get().owner().name() + "." + bean.get().method().name();
            for (Setting setting : block) {
                idle.add(fact(
                        app,
                        setting,
                        kind,
                        bean.get().owner().file().file().name() + "#"
                                + bean.get().method().name(),
                        made + " makes its own DataSource, so Spring Boot makes none and binds " + prefix
                                + " to nothing",
                        "what " + made + " sets, else the library's default",
                        List.of(new Step(
                                "DataSource bean " + made,
                                bean.get().method().node().origin()))));
            }
        }
        return idle;
    }

    /** Code that reads the block by itself: by its prefix, or through a class that holds it as a part. */
    private static boolean isBoundByHand(PoolKind kind, String prefix, String module, DataSourceBeans beans) {
        String block = SpringDataSource.BLOCKS.getOrDefault(kind, kind.library());
        String getter = "get" + block.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + block.substring(1) + "(";
        return beans.mentioned(module, prefix)
                || beans.mentioned(module, getter)
                || beans.mentioned(module, "\"." + block);
    }

    /** Keys that the pool that Boot makes does not have, and blocks of pools that it does not make. */
    static List<IdleSetting> ofBoot(
            AppSettings app, SpringDataSource source, PoolKind kind, DataSourceBeans beans, JvmModules modules) {
        List<IdleSetting> idle = new ArrayList<>();
        String module = modules.module(app.folder());
        SpringDataSource.BLOCKS.forEach((other, block) -> {
            String prefix = SpringDataSource.PREFIX + "." + block;
            if (other == kind) {
                unknownKeys(app, source, kind, prefix, idle);
                idle.removeIf(one -> beans.mentioned(module, one.key()));
            } else if (isIdle(app, source, kind, other) && !beans.mentioned(module, prefix)) {
                String why = "the pool is " + kind.title() + ", and nothing binds " + prefix + " to it";
                source.block(other).stream()
                        .filter(setting -> isSetting(setting, prefix))
                        .forEach(setting -> idle.add(fact(
                                app,
                                setting,
                                other,
                                source.name(kind),
                                why,
                                effective(kind, BlockSettings.below(setting, prefix)),
                                type(app))));
            }
        });
        if (modules.bootMajor(app.folder()) != 1 && !beans.mentioned(module, SpringDataSource.PREFIX)) {
            direct(app, source, kind, idle);
        }
        return idle;
    }

    /** A block for another pool is idle for certain when the type is written, or when its library is nowhere. */
    private static boolean isIdle(AppSettings app, SpringDataSource source, PoolKind kind, PoolKind other) {
        boolean typed = app.has(SpringDataSource.PREFIX + ".type");
        boolean never = source.there(other) == Presence.NOWHERE;
        boolean first =
                kind == PoolKind.HIKARI && other != PoolKind.DRUID && source.there(PoolKind.HIKARI) == Presence.HERE;
        return typed || never || first;
    }

    private static List<Step> type(AppSettings app) {
        return app.written(SpringDataSource.PREFIX + ".type").stream()
                .map(setting -> new Step("type " + setting.text(), setting.origin()))
                .toList();
    }

    private static boolean isSetting(Setting setting, String prefix) {
        String key = Setting.canonical(BlockSettings.below(setting, prefix));
        return !key.contains(".")
                && !Set.of("url", "jdbcurl", "username", "password", "driverclassname")
                        .contains(key);
    }

    private static void unknownKeys(
            AppSettings app, SpringDataSource source, PoolKind kind, String prefix, List<IdleSetting> idle) {
        if (!kind.keysAreKnown()) {
            return;
        }
        for (Setting setting : source.block(kind)) {
            String key = BlockSettings.below(setting, prefix);
            String camel = Setting.camel(key);
            boolean nested = key.contains(".") || key.contains("[");
            if (!nested && !key.isEmpty() && !kind.has(camel)) {
                idle.add(fact(
                        app,
                        setting,
                        kind,
                        source.name(kind),
                        kind.title() + " has no " + camel,
                        PoolAdvice.instead(kind, camel),
                        List.of()));
            }
        }
    }

    private static void direct(AppSettings app, SpringDataSource source, PoolKind kind, List<IdleSetting> idle) {
        for (Map.Entry<String, Setting> entry : SpringIdleSettings.children(app).entrySet()) {
            Setting setting = entry.getValue();
            if (BOOT_1.contains(entry.getKey())) {
                String block = SpringDataSource.BLOCKS.getOrDefault(kind, kind.library());
                idle.add(fact(
                        app,
                        setting,
                        kind,
                        source.name(kind),
                        "Spring Boot reads pool settings below " + SpringDataSource.PREFIX + "." + block + " only",
                        effective(kind, BlockSettings.below(setting, SpringDataSource.PREFIX)),
                        List.of()));
            }
        }
    }

    private static Map<String, Setting> children(AppSettings app) {
        Map<String, Setting> children = new java.util.TreeMap<>();
        for (Setting setting : app.under(SpringDataSource.PREFIX)) {
            String rest = setting.canonical().substring(SpringDataSource.PREFIX.length() + 1);
            if (!rest.contains(".")) {
                children.put(rest, setting);
            }
        }
        return children;
    }

    private static String effective(PoolKind kind, String key) {
        return PoolAdvice.instead(kind, Setting.camel(key));
    }

    private static IdleSetting fact(
            AppSettings app,
            Setting setting,
            PoolKind kind,
            String pool,
            String why,
            String effective,
            List<Step> steps) {
        String key = setting.key();
        boolean secret = key.toLowerCase(java.util.Locale.ROOT).contains("password")
                || key.toLowerCase(java.util.Locale.ROOT).contains("username")
                || key.toLowerCase(java.util.Locale.ROOT).endsWith("url");
        return new IdleSetting(
                key,
                secret ? "***" : setting.text(),
                kind.library(),
                pool,
                why,
                effective,
                steps,
                app.place(),
                setting.origin());
    }
}
