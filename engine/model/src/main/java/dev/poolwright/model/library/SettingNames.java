package dev.poolwright.model.library;

import static dev.poolwright.model.library.SettingUnit.COUNT;
import static dev.poolwright.model.library.SettingUnit.FLAG;
import static dev.poolwright.model.library.SettingUnit.MILLISECONDS;
import static dev.poolwright.model.library.SettingUnit.SECONDS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How each library spells the settings of a pool, and in which unit ("Theory and facts", 3). One table for each library:
 * its own spelling, the fleet file's setting, the unit of a bare number. A setting that the fleet file does not have keeps
 * its own name, so that only its unit is said.
 */
public final class SettingNames {

    /**
     * One setting of a library.
     *
     * @param own the library's spelling
     * @param setting the fleet file's ({@code size}, {@code acquire_timeout}); its own name where the fleet file has none
     */
    public record Setting(String own, String setting, SettingUnit unit) {}

    private static final Map<String, List<Setting>> TABLES = new HashMap<>();

    static {
        table(
                "hikaricp",
                of("maximumPoolSize", "size", COUNT),
                of("minimumIdle", "minimum_idle", COUNT),
                of("connectionTimeout", "acquire_timeout", MILLISECONDS),
                of("maxLifetime", "max_lifetime", MILLISECONDS),
                of("idleTimeout", "idle_timeout", MILLISECONDS),
                of("keepaliveTime", "keepaliveTime", MILLISECONDS),
                of("validationTimeout", "validationTimeout", MILLISECONDS),
                of("leakDetectionThreshold", "leakDetectionThreshold", MILLISECONDS));
        table(
                "sqlalchemy",
                of("pool_size", "size", COUNT),
                of("max_overflow", "overflow", COUNT),
                of("pool_timeout", "acquire_timeout", SECONDS),
                of("pool_recycle", "max_lifetime", SECONDS),
                of("pool_pre_ping", "validate", FLAG),
                of("pool_use_lifo", "discipline", FLAG),
                of("connect_timeout", "connect_timeout", SECONDS),
                of("connect_args.timeout", "connect_timeout", SECONDS));
        table(
                "asyncpg",
                of("max_size", "size", COUNT),
                of("min_size", "minimum_idle", COUNT),
                of("max_inactive_connection_lifetime", "idle_timeout", SECONDS),
                of("timeout", "connect_timeout", SECONDS));
        List<Setting> psycopg = List.of(
                of("max_size", "size", COUNT),
                of("min_size", "minimum_idle", COUNT),
                of("timeout", "acquire_timeout", SECONDS),
                of("max_waiting", "waiters", COUNT),
                of("max_lifetime", "max_lifetime", SECONDS),
                of("max_idle", "idle_timeout", SECONDS));
        TABLES.put("psycopg_pool", psycopg);
        List<Setting> django = new ArrayList<>(psycopg);
        django.add(of("CONN_MAX_AGE", "CONN_MAX_AGE", SECONDS));
        django.add(of("CONN_HEALTH_CHECKS", "validate", FLAG));
        TABLES.put("django", List.copyOf(django));
        table("psycopg2_pool", of("maxconn", "size", COUNT), of("minconn", "minimum_idle", COUNT));
        table(
                "tomcat-jdbc",
                of("maxActive", "size", COUNT),
                of("minIdle", "minimum_idle", COUNT),
                of("maxWait", "acquire_timeout", MILLISECONDS),
                of("maxAge", "max_lifetime", MILLISECONDS),
                of("minEvictableIdleTimeMillis", "idle_timeout", MILLISECONDS),
                of("testOnBorrow", "validate", FLAG));
        table(
                "dbcp2",
                of("maxTotal", "size", COUNT),
                of("minIdle", "minimum_idle", COUNT),
                of("maxWaitMillis", "acquire_timeout", MILLISECONDS),
                of("maxWait", "acquire_timeout", MILLISECONDS),
                of("maxConnLifetimeMillis", "max_lifetime", MILLISECONDS),
                of("minEvictableIdleTimeMillis", "idle_timeout", MILLISECONDS),
                of("testOnBorrow", "validate", FLAG));
        // Mixed units: checkoutTimeout alone is in milliseconds.
        table(
                "c3p0",
                of("maxPoolSize", "size", COUNT),
                of("minPoolSize", "minimum_idle", COUNT),
                of("checkoutTimeout", "acquire_timeout", MILLISECONDS),
                of("maxConnectionAge", "max_lifetime", SECONDS),
                of("maxIdleTime", "idle_timeout", SECONDS),
                of("testConnectionOnCheckout", "validate", FLAG),
                of("max_size", "size", COUNT),
                of("min_size", "minimum_idle", COUNT),
                of("timeout", "idle_timeout", SECONDS),
                of("validate", "validate", FLAG));
        table(
                "druid",
                of("maxActive", "size", COUNT),
                of("minIdle", "minimum_idle", COUNT),
                of("maxWait", "acquire_timeout", MILLISECONDS),
                of("maxWaitThreadCount", "waiters", COUNT),
                of("phyTimeoutMillis", "max_lifetime", MILLISECONDS),
                of("minEvictableIdleTimeMillis", "idle_timeout", MILLISECONDS),
                of("connectTimeout", "connect_timeout", MILLISECONDS),
                of("testOnBorrow", "validate", FLAG));
        List<Setting> agroal = List.of(
                of("maxSize", "size", COUNT),
                of("minSize", "minimum_idle", COUNT),
                of("acquisitionTimeout", "acquire_timeout", SECONDS),
                of("maxLifetime", "max_lifetime", SECONDS),
                of("reapTimeout", "idle_timeout", SECONDS));
        TABLES.put("agroal", agroal);
        List<Setting> quarkus = new ArrayList<>(agroal);
        quarkus.add(of("idleRemovalInterval", "idle_timeout", SECONDS));
        quarkus.add(of("idleTimeout", "idle_timeout", SECONDS));
        TABLES.put("quarkus", List.copyOf(quarkus));
        table(
                "r2dbc-pool",
                of("maxSize", "size", COUNT),
                of("minIdle", "minimum_idle", COUNT),
                of("maxAcquireTime", "acquire_timeout", MILLISECONDS),
                of("maxCreateConnectionTime", "connect_timeout", MILLISECONDS),
                of("maxLifeTime", "max_lifetime", MILLISECONDS),
                of("maxLifetime", "max_lifetime", MILLISECONDS),
                of("maxIdleTime", "idle_timeout", MILLISECONDS));
        table(
                "vertx",
                of("maxSize", "size", COUNT),
                of("maxWaitQueueSize", "waiters", COUNT),
                of("connectionTimeout", "acquire_timeout", SECONDS),
                of("maxLifetime", "max_lifetime", SECONDS),
                of("idleTimeout", "idle_timeout", SECONDS));
        List<Setting> pg = List.of(
                of("max", "size", COUNT),
                of("min", "minimum_idle", COUNT),
                of("connectionTimeoutMillis", "acquire_timeout", MILLISECONDS),
                of("idleTimeoutMillis", "idle_timeout", MILLISECONDS),
                of("maxLifetimeSeconds", "max_lifetime", SECONDS));
        TABLES.put("pg", pg);
        table(
                "postgres.js",
                of("max", "size", COUNT),
                of("idle_timeout", "idle_timeout", SECONDS),
                of("connect_timeout", "connect_timeout", SECONDS),
                of("max_lifetime", "max_lifetime", SECONDS));
        table(
                "mysql2",
                of("connectionLimit", "size", COUNT),
                of("queueLimit", "waiters", COUNT),
                of("connectTimeout", "connect_timeout", MILLISECONDS),
                of("idleTimeout", "idle_timeout", MILLISECONDS));
        List<Setting> prisma = new ArrayList<>(List.of(
                of("connection_limit", "size", COUNT),
                of("pool_timeout", "acquire_timeout", SECONDS),
                of("connect_timeout", "connect_timeout", SECONDS)));
        prisma.addAll(pg);
        TABLES.put("prisma", List.copyOf(prisma));
        table(
                "knex",
                of("max", "size", COUNT),
                of("min", "minimum_idle", COUNT),
                of("acquireConnectionTimeout", "acquire_timeout", MILLISECONDS),
                of("acquireTimeoutMillis", "acquire_timeout", MILLISECONDS),
                of("createTimeoutMillis", "connect_timeout", MILLISECONDS),
                of("idleTimeoutMillis", "idle_timeout", MILLISECONDS));
        List<Setting> typeorm = new ArrayList<>(List.of(
                of("poolSize", "size", COUNT),
                of("connectionLimit", "size", COUNT),
                of("connectTimeoutMS", "connect_timeout", MILLISECONDS)));
        typeorm.addAll(pg);
        TABLES.put("typeorm", List.copyOf(typeorm));
        table(
                "sequelize",
                of("max", "size", COUNT),
                of("min", "minimum_idle", COUNT),
                of("acquire", "acquire_timeout", MILLISECONDS),
                of("idle", "idle_timeout", MILLISECONDS));
    }

    private SettingNames() {}

    /**
     * What a library's setting is in the fleet file; empty for one that is not known.
     *
     * @param own the library's spelling, or the end of a dotted key ({@code pool.max})
     */
    public static Optional<Setting> of(String library, String own) {
        Optional<Setting> whole = find(library, own);
        return whole.isPresent() ? whole : find(library, own.substring(own.lastIndexOf('.') + 1));
    }

    /** The library's spelling of a setting of the fleet file; the setting itself where the library has none. */
    public static String own(String library, String setting) {
        return TABLES.getOrDefault(library, List.of()).stream()
                .filter(one -> one.setting().equals(setting))
                .map(Setting::own)
                .findFirst()
                .orElse(setting);
    }

    /** Whether the library has a setting for this one of the fleet file. */
    public static boolean has(String library, String setting) {
        return TABLES.getOrDefault(library, List.of()).stream()
                .anyMatch(one -> one.setting().equals(setting));
    }

    private static Optional<Setting> find(String library, String own) {
        return TABLES.getOrDefault(library, List.of()).stream()
                .filter(one -> one.own().equals(own))
                .findFirst();
    }

    private static Setting of(String own, String setting, SettingUnit unit) {
        return new Setting(own, setting, unit);
    }

    private static void table(String library, Setting... settings) {
        TABLES.put(library, List.of(settings));
    }
}
