package dev.poolwright.scan.jvm;

import dev.poolwright.scan.jvm.settings.AppSettings;

/** On what an application's callers run. */
final class SpringRuntime {

    private SpringRuntime() {}

    /** Of what blocks while it waits for a connection. */
    static String blocking(AppSettings app) {
        boolean virtual = app.value("spring.threads.virtual.enabled")
                .map(value -> value.single().filter(Boolean.TRUE::equals).isPresent())
                .orElse(false);
        return virtual ? "virtual-threads" : "threads";
    }
}
