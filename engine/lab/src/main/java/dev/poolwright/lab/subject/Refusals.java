package dev.poolwright.lab.subject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects what a library cannot express of the settings it is to run with, so that all of it is told at once. Single-threaded. */
final class Refusals {

    private final String library;
    private final PoolSettings settings;
    private final List<String> problems = new ArrayList<>();

    private Refusals(String library, PoolSettings settings) {
        this.library = library;
        this.settings = settings;
    }

    /** Throws an {@link IllegalArgumentException} with a sentence for each setting that this library lacks. */
    static void check(PoolLibrary library, PoolSettings settings) {
        Duration shortest = Duration.ofMillis(1);
        switch (library) {
            case OVERFLOW -> {}
            case HIKARI ->
                of("HikariCP", settings)
                        .noWaiterLimit()
                        .noOrder()
                        // HikariConfig.validateNumerics only logs it.
                        .lifetimeAtLeast(Duration.ofSeconds(30), "HikariCP silently takes 30 minutes")
                        .acquireAtLeast(Duration.ofMillis(250))
                        .throwIfAny();
            case AGROAL -> of("Agroal", settings).noWaiterLimit().noOrder().throwIfAny();
            case TOMCAT ->
                of("Tomcat JDBC", settings)
                        .noWaiterLimit()
                        .noOrder()
                        .acquireAtLeast(shortest)
                        .lifetimeAtLeast(shortest, "there is none")
                        .throwIfAny();
            case DBCP ->
                of("DBCP2", settings).noWaiterLimit().acquireAtLeast(shortest).throwIfAny();
            case R2DBC ->
                of("r2dbc-pool", settings)
                        .noWaiterLimit()
                        .noOrder()
                        .acquireAtLeast(shortest)
                        .throwIfAny();
            case VERTX ->
                of("Vert.x", settings)
                        .noOrder()
                        .noPing()
                        .noMinimumIdle()
                        .acquireAtLeast(shortest)
                        .throwIfAny();
        }
    }

    /** What none but the overflow pool has. */
    private static Refusals of(String library, PoolSettings settings) {
        Refusals refusals = new Refusals(library, settings);
        refusals.when(settings.size() < 1, "size = " + settings.size() + ": must be 1 or more");
        refusals.when(
                settings.overflow() != 0,
                "overflow = " + settings.overflow() + ": there is no overflow, only 0 is possible");
        return refusals;
    }

    private Refusals noWaiterLimit() {
        return when(
                settings.waiterLimit() != Integer.MAX_VALUE,
                "waiter limit = " + settings.waiterLimit() + ": there is none, any number may wait");
    }

    private Refusals noOrder() {
        return when(settings.lifo(), "discipline = lifo: the order is not settable");
    }

    private Refusals noMinimumIdle() {
        return when(
                settings.minimumIdle() > 0,
                "minimum idle = " + settings.minimumIdle() + ": there is none, connections are opened when needed");
    }

    private Refusals noPing() {
        return when(settings.prePing(), "validate = on_borrow: connections are not tried before they are lent");
    }

    private Refusals acquireAtLeast(Duration least) {
        return when(
                settings.acquireTimeout().compareTo(least) < 0,
                "acquire timeout = " + settings.acquireTimeout() + ": at least " + least);
    }

    /** @param instead what the library silently does with a shorter one */
    private Refusals lifetimeAtLeast(Duration least, String instead) {
        return when(
                settings.maxLifetime().compareTo(least) < 0,
                "max lifetime = " + settings.maxLifetime() + ": at least " + least + ", else " + instead);
    }

    private Refusals when(boolean refused, String problem) {
        if (refused) {
            problems.add(problem);
        }
        return this;
    }

    private void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(library + ": " + String.join("; ", problems));
        }
    }
}
