package dev.poolwright.model.derive;

import java.util.Locale;
import java.util.Set;

/** Images of things that are run beside a team's own programs. */
final class Images {

    private static final Set<String> KNOWN = Set.of(
            "postgres",
            "postgresql",
            "postgis",
            "timescaledb",
            "pgvector",
            "mysql",
            "mariadb",
            "redis",
            "valkey",
            "memcached",
            "mongo",
            "rabbitmq",
            "kafka",
            "zookeeper",
            "elasticsearch",
            "opensearch",
            "nginx",
            "traefik",
            "caddy",
            "haproxy",
            "envoy",
            "pgbouncer",
            "pgadmin4",
            "adminer",
            "phpmyadmin",
            "mailhog",
            "mailpit",
            "minio",
            "localstack",
            "jaeger",
            "prometheus",
            "grafana",
            "loki",
            "vault",
            "consul",
            "etcd",
            "nats",
            "clickhouse",
            "clickhouse-server",
            "busybox");

    private Images() {}

    static boolean infrastructure(String image, String name) {
        String last = image.substring(image.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int tag = last.indexOf(':');
        String plain = tag < 0 ? last : last.substring(0, tag);
        return KNOWN.contains(plain) || (image.isEmpty() && KNOWN.contains(name.toLowerCase(Locale.ROOT)));
    }
}
