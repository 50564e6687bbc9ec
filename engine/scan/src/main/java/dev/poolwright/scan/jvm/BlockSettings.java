package dev.poolwright.scan.jvm;

import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;

/** Takes the settings of a pool from a block of configuration. */
final class BlockSettings {

    private BlockSettings() {}

    /** All keys below a prefix in the library's spelling; those of the driver as {@code dataSource.name}. */
    static void add(PoolDraft pool, PoolKind kind, AppSettings app, String prefix) {
        for (Setting setting : app.under(prefix)) {
            String key = below(setting, prefix);
            int dot = key.indexOf('.');
            if (dot < 0) {
                String camel = Setting.camel(key);
                app.value(setting.key()).ifPresent(value -> pool.set(kind.spelled(camel), value));
            } else if (isDriver(key.substring(0, dot))) {
                app.value(setting.key()).ifPresent(value -> pool.set("dataSource." + key.substring(dot + 1), value));
            }
        }
    }

    static boolean isDriver(String key) {
        String canonical = Setting.canonical(key);
        return canonical.equals("datasourceproperties") || canonical.equals("connectionproperties");
    }

    /** The part of a key below a prefix, with dots. */
    static String below(Setting setting, String prefix) {
        String key = setting.key().replaceAll("\\[['\"]?([^\\]'\"]*)['\"]?]", ".$1");
        int levels = prefix.split("\\.", -1).length;
        String[] parts = key.split("\\.", levels + 1);
        return parts.length > levels ? parts[levels] : "";
    }
}
