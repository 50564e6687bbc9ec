package dev.poolwright.scan.jvm;

import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.JvmModules.Presence;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pool Spring Boot makes of {@code spring.datasource}: the type that is written, else the first library that is there,
 * HikariCP, Tomcat, DBCP 2 in this order; Druid before them where its starter is there.
 */
final class SpringDataSource {

    static final String PREFIX = "spring.datasource";

    /** The names of the blocks of each pool below {@link #PREFIX}. */
    static final Map<PoolKind, String> BLOCKS = blocks();

    private static final List<String> STARTERS = List.of(
            "spring-boot-starter-jdbc",
            "spring-boot-starter-data-jpa",
            "spring-boot-starter-data-jdbc",
            "spring-boot-starter-jooq",
            "spring-boot-starter-batch",
            "spring-boot-starter-quartz",
            "spring-boot-jdbc",
            "spring-boot-starter-liquibase",
            "spring-boot-starter-flyway",
            "mybatis",
            "pagehelper-spring-boot",
            "druid-spring-boot",
            "spring-jdbc",
            "sqltoy",
            "hikaricp",
            "dynamic-datasource");

    private final AppSettings app;
    private final JvmModules modules;

    SpringDataSource(AppSettings app, JvmModules modules) {
        this.app = app;
        this.modules = modules;
    }

    private static Map<PoolKind, String> blocks() {
        Map<PoolKind, String> blocks = new EnumMap<>(PoolKind.class);
        blocks.put(PoolKind.HIKARI, "hikari");
        blocks.put(PoolKind.TOMCAT, "tomcat");
        blocks.put(PoolKind.DBCP2, "dbcp2");
        blocks.put(PoolKind.DRUID, "druid");
        return blocks;
    }

    /** Whether a library is there that makes Boot configure a data source. */
    boolean hasStarter() {
        return !modules.known() || modules.presence(app.folder(), STARTERS) != Presence.NOWHERE;
    }

    /** The keys of a pool's block; none where it is not written. */
    List<Setting> block(PoolKind kind) {
        return app.under(PREFIX + "." + BLOCKS.get(kind));
    }

    /** Where the URL is written, in whichever of its forms. */
    Optional<Setting> url() {
        List<String> keys = new ArrayList<>(List.of(PREFIX + ".url", PREFIX + ".jdbc-url"));
        for (String block : BLOCKS.values()) {
            keys.add(PREFIX + "." + block + ".jdbc-url");
            keys.add(PREFIX + "." + block + ".url");
        }
        return keys.stream().flatMap(key -> app.written(key).stream()).findFirst();
    }

    /** The pool that is made; empty for a type that is not a known pool, or that differs by profile. */
    Optional<PoolKind> kind() {
        Optional<Value<Object>> type = app.value(PREFIX + ".type");
        if (type.isPresent()) {
            List<Object> names = type.get().possible().stream().distinct().toList();
            return names.size() == 1 ? PoolKind.ofClass(String.valueOf(names.get(0))) : Optional.empty();
        }
        boolean druid = !block(PoolKind.DRUID).isEmpty() && there(PoolKind.DRUID) != Presence.NOWHERE;
        if (druid || modules.presence(app.folder(), List.of("druid-spring-boot")) == Presence.HERE) {
            return Optional.of(PoolKind.DRUID);
        }
        boolean tomcatFirst = modules.bootMajor(app.folder()) == 1;
        boolean hikari = !tomcatFirst
                && (there(PoolKind.HIKARI) == Presence.HERE || !modules.excludes(app.folder(), "HikariCP"));
        if (hikari) {
            return Optional.of(PoolKind.HIKARI);
        }
        if (tomcatFirst || there(PoolKind.TOMCAT) == Presence.HERE) {
            return Optional.of(PoolKind.TOMCAT);
        }
        return there(PoolKind.DBCP2) == Presence.HERE ? Optional.of(PoolKind.DBCP2) : Optional.empty();
    }

    Presence there(PoolKind kind) {
        return modules.known() ? modules.presence(app.folder(), kind.artifacts()) : Presence.ELSEWHERE;
    }

    /** The name of the pool in facts. */
    String name(PoolKind kind) {
        Optional<Setting> first = first(kind);
        return first.map(setting -> setting.file().name() + "#" + PREFIX
                        + (block(kind).isEmpty() ? "" : "." + BLOCKS.getOrDefault(kind, "")))
                .orElse(app.lead().name() + "#" + PREFIX);
    }

    /** The first line of the pool's block in its main file; without a block, that of the URL. */
    Optional<Setting> first(PoolKind kind) {
        List<Setting> block = BLOCKS.containsKey(kind) ? block(kind) : List.of();
        Optional<Setting> always = earliest(
                block.stream().filter(setting -> setting.profile().isEmpty()).toList());
        return always.or(() -> earliest(block)).or(this::url);
    }

    private static Optional<Setting> earliest(List<Setting> settings) {
        return settings.stream()
                .min(java.util.Comparator.comparing(
                                (Setting setting) -> setting.file().name())
                        .thenComparingInt(setting -> setting.origin().line()));
    }
}
