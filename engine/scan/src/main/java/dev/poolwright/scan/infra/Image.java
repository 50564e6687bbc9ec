package dev.poolwright.scan.infra;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container image as a manifest names it.
 *
 * @param name with registry and folders, without tag and digest
 * @param tag empty when there is none
 */
record Image(String name, String tag) {

    private static final Set<String> POSTGRES = Set.of(
            "postgres",
            "postgresql",
            "postgis",
            "pgvector",
            "timescaledb",
            "timescaledb-ha",
            "spilo",
            "alloydb-omni",
            "postgresql-repmgr",
            "crunchy-postgres",
            "paradedb");
    private static final Set<String> MYSQL =
            Set.of("mysql", "mariadb", "mysql-server", "percona", "percona-server", "mysql-container");
    private static final List<String> SIDECARS = List.of(
            "cloud-sql-proxy",
            "cloudsql-proxy",
            "gce-proxy",
            "envoy",
            "istio",
            "proxyv2",
            "linkerd",
            "fluent",
            "filebeat",
            "vault-agent",
            "oauth2-proxy",
            "exporter",
            "datadog",
            "opentelemetry",
            "otel",
            "jaeger",
            "statsd",
            "nginx",
            "traefik",
            "caddy",
            "haproxy",
            "redis",
            "valkey",
            "memcached",
            "busybox",
            "pgadmin",
            "git-sync",
            "socat");
    private static final Pattern VERSION = Pattern.compile("v?(\\d+(\\.\\d+){0,3}).*");

    static Image of(String written) {
        String plain = written.strip();
        int digest = plain.indexOf('@');
        plain = digest < 0 ? plain : plain.substring(0, digest);
        int colon = plain.lastIndexOf(':');
        boolean tagged =
                colon > plain.lastIndexOf('/') && colon < plain.length() - 1 && !plain.startsWith("-", colon + 1);
        if (!tagged) {
            return new Image(plain.endsWith(":") ? plain.substring(0, plain.length() - 1) : plain, "");
        }
        return new Image(plain.substring(0, colon), plain.substring(colon + 1));
    }

    /** Its last part. */
    String last() {
        return name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** {@code postgresql}, {@code mysql}; empty for what is no database server. */
    String engine() {
        String last = last();
        if (POSTGRES.contains(last)
                || last.matches(
                        "(postgresql|postgres|postgis)-\\d+(-\\w+)?|[\\w-]+[-_](postgres|postgresql|postgis)")) {
            return "postgresql";
        }
        return MYSQL.contains(last) || last.matches("(mysql|mariadb)-\\d+(-\\w+)?|[\\w-]+[-_](mysql|mariadb)")
                ? "mysql"
                : "";
    }

    boolean isPooler() {
        return last().contains("pgbouncer") && !last().contains("exporter");
    }

    /** Whether it only helps the container beside it. */
    boolean isSidecar() {
        return SIDECARS.stream().anyMatch(last()::contains) || isPooler() || !engine().isEmpty();
    }

    /** The version that its tag begins with, or after {@code pg}; empty when it says none. */
    String version() {
        Matcher postgres = Pattern.compile(".*\\bpg-?(\\d+(\\.\\d+)?).*").matcher(tag);
        if (postgres.matches()) {
            return postgres.group(1);
        }
        Matcher version = VERSION.matcher(tag);
        if (version.matches()) {
            return version.group(1);
        }
        Matcher last = Pattern.compile(".*?-(\\d+(\\.\\d+){0,2})(-.*)?").matcher(tag);
        return Optional.of(last)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .orElse("");
    }
}
