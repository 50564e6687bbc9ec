package dev.poolwright.scan.jvm.pool;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The connection pools of the JVM that make JDBC or R2DBC connections: their names, classes, keys and artifacts. */
@SuppressWarnings("ImmutableEnumChecker") // its lists and sets are those of List.of and Set.of
public enum PoolKind {
    HIKARI(
            "hikaricp",
            "HikariCP",
            "maximumPoolSize",
            List.of("com.zaxxer.hikari.HikariDataSource", "com.zaxxer.hikari.HikariConfig"),
            PoolKeys.HIKARI,
            "HikariCP",
            "hikaricp",
            "jdbc-hikari"),
    TOMCAT(
            "tomcat-jdbc",
            "Tomcat JDBC",
            "maxActive",
            List.of("org.apache.tomcat.jdbc.pool.DataSource", "org.apache.tomcat.jdbc.pool.PoolProperties"),
            PoolKeys.TOMCAT,
            "tomcat-jdbc",
            "jdbc-tomcat"),
    DBCP2(
            "dbcp2",
            "Commons DBCP 2",
            "maxTotal",
            List.of(
                    "org.apache.commons.dbcp2.BasicDataSource",
                    "org.apache.tomcat.dbcp.dbcp2.BasicDataSource",
                    "org.apache.tomcat.dbcp.dbcp2.BasicDataSourceFactory"),
            PoolKeys.DBCP2,
            "commons-dbcp2",
            "tomcat-dbcp",
            "jdbc-dbcp"),
    C3P0(
            "c3p0",
            "c3p0",
            "maxPoolSize",
            List.of("com.mchange.v2.c3p0.ComboPooledDataSource"),
            PoolKeys.C3P0,
            "c3p0",
            "hibernate-c3p0"),
    DRUID(
            "druid",
            "Druid",
            "maxActive",
            List.of(
                    "com.alibaba.druid.pool.DruidDataSource",
                    "com.alibaba.druid.pool.xa.DruidXADataSource",
                    "com.alibaba.druid.spring.boot.autoconfigure.DruidDataSourceWrapper",
                    "com.alibaba.druid.spring.boot3.autoconfigure.DruidDataSourceWrapper"),
            Set.of(),
            "druid"),
    AGROAL(
            "agroal",
            "Agroal",
            "maxSize",
            List.of("io.agroal.api.AgroalDataSource", "io.agroal.pool.DataSource"),
            Set.of(),
            "agroal");

    private final String library;
    private final String title;
    private final String sizeKey;
    private final List<String> classes;
    private final Set<String> keys;
    private final List<String> artifacts;

    PoolKind(
            String library, String title, String sizeKey, List<String> classes, Set<String> keys, String... artifacts) {
        this.library = library;
        this.title = title;
        this.sizeKey = sizeKey;
        this.classes = classes;
        this.keys = keys;
        this.artifacts = List.of(artifacts);
    }

    /** By the name of a class of it, with or without package. */
    public static Optional<PoolKind> ofClass(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.classes.stream().anyMatch(one -> one.equals(name) || one.endsWith("." + name)))
                .findFirst();
    }

    /** The library's name in facts. */
    public String library() {
        return library;
    }

    /** The library's name for people. */
    public String title() {
        return title;
    }

    /** The key that bounds how many connections there are. */
    public String sizeKey() {
        return sizeKey;
    }

    public List<String> classes() {
        return classes;
    }

    /** Parts of names of artifacts that bring it. */
    public List<String> artifacts() {
        return artifacts;
    }

    /** Whether all of its keys are listed here, so that another key is nobody's. */
    public boolean keysAreKnown() {
        return !keys.isEmpty();
    }

    /** Whether it has this key, in camel case. */
    public boolean has(String key) {
        return keys.contains(key) || keys.stream().anyMatch(key::equalsIgnoreCase);
    }

    /** The key in the library's own spelling: {@code connectionTestquery} is {@code connectionTestQuery}. */
    public String spelled(String key) {
        return keys.contains(key)
                ? key
                : keys.stream().filter(key::equalsIgnoreCase).findFirst().orElse(key);
    }

    /** The key of this pool that does what another pool's key, or a misspelt one, is meant to do; empty where there is none. */
    public String sameAs(String key) {
        if (has(key)) {
            return spelled(key);
        }
        String other = this == HIKARI ? PoolKeys.hikariFor(key) : "";
        return other.isEmpty() ? nearest(key) : other;
    }

    /** The key of it that looks most like another one; empty where none comes near. */
    public String nearest(String key) {
        String nearest = "";
        int best = Math.max(1, key.length() / 5) + 1;
        for (String one : keys) {
            int distance = distance(one, key, best);
            if (distance < best || (distance == best && !nearest.isEmpty() && one.compareTo(nearest) < 0)) {
                best = distance;
                nearest = one;
            }
        }
        return nearest;
    }

    /** Letters to add, drop or change. */
    private static int distance(String a, String b, int enough) {
        if (Math.abs(a.length() - b.length()) > enough) {
            return enough + 1;
        }
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
