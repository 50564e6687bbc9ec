package dev.poolwright.scan.library;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The libraries that say something of pools, by the name that a registry knows them under, and our name of each. */
final class Names {

    private static final Map<String, String> PYTHON = map(
            "sqlalchemy",
            "sqlmodel",
            "asyncpg",
            "psycopg",
            "psycopg2",
            "psycopg-pool=psycopg_pool",
            "psycopg-binary=psycopg",
            "psycopg-c=psycopg",
            "psycopg2-binary=psycopg2",
            "psycopg2cffi=psycopg2",
            "pg8000",
            "aiopg",
            "aiomysql",
            "asyncmy",
            "pymysql",
            "mysqlclient",
            "mysql-connector-python",
            "django",
            "flask",
            "flask-sqlalchemy",
            "django-db-geventpool",
            "dj-database-url",
            "django-db-connection-pool",
            "fastapi",
            "starlette",
            "litestar",
            "sanic",
            "aiohttp",
            "gunicorn",
            "uvicorn",
            "hypercorn",
            "daphne",
            "uwsgi",
            "granian",
            "gevent",
            "celery",
            "dramatiq",
            "tortoise-orm",
            "databases",
            "peewee",
            "gino",
            "ormar",
            "piccolo",
            "sqlalchemy-utils");

    private static final Map<String, String> NODE = map(
            "pg",
            "pg-pool",
            "postgres=postgres.js",
            "mysql",
            "mysql2",
            "prisma",
            "@prisma/client",
            "@prisma/adapter-pg",
            "@prisma/adapter-neon",
            "@prisma/adapter-mariadb",
            "@prisma/extension-accelerate",
            "knex",
            "typeorm",
            "sequelize",
            "drizzle-orm",
            "kysely",
            "slonik",
            "pg-promise",
            "@neondatabase/serverless",
            "@nestjs/typeorm",
            "@vercel/postgres",
            "mariadb",
            "objection",
            "@mikro-orm/core=mikro-orm",
            "bookshelf",
            "massive",
            "next",
            "@strapi/strapi",
            "@prisma/adapter-mssql",
            "@nestjs/core",
            "@nestjs/sequelize",
            "@nestjs/terminus",
            "express",
            "fastify",
            "pg-native");

    /** By artifact; a star ends a prefix. */
    private static final Map<String, String> JVM = map(
            "hikaricp",
            "hikaricp-java6=hikaricp",
            "hikaricp-java7=hikaricp",
            "spring-boot",
            "spring-boot-dependencies=spring-boot",
            "spring-boot-starter-parent=spring-boot",
            "spring-boot-gradle-plugin=spring-boot",
            "spring-boot-starter=spring-boot",
            "spring-boot-starter-web=spring-boot",
            "spring-boot-starter-webflux=spring-boot",
            "spring-boot-starter-jdbc=spring-boot",
            "spring-boot-starter-data-jpa=spring-boot",
            "spring-boot-autoconfigure=spring-boot",
            "org.springframework.boot.gradle.plugin=spring-boot",
            "r2dbc-pool",
            "spring-boot-starter-data-r2dbc=r2dbc-pool",
            "r2dbc-postgresql",
            "r2dbc-mysql",
            "tomcat-jdbc",
            "commons-dbcp2=dbcp2",
            "commons-dbcp=dbcp",
            "c3p0",
            "hibernate-c3p0=c3p0",
            "druid",
            "druid-spring*=druid",
            "agroal-pool=agroal",
            "agroal-api=agroal",
            "quarkus-agroal=agroal",
            "quarkus-bom=quarkus",
            "quarkus-universe-bom=quarkus",
            "quarkus-hibernate-orm*=quarkus",
            "quarkus-reactive-pg-client=vertx-pg",
            "io.quarkus.gradle.plugin=quarkus",
            "micronaut-core*=micronaut",
            "micronaut-platform=micronaut",
            "micronaut-parent=micronaut",
            "micronaut-bom=micronaut",
            "micronaut-jdbc-hikari=micronaut-jdbc-hikari",
            "vertx-pg-client=vertx-pg",
            "vertx-mysql-client=vertx-mysql",
            "vertx-jdbc-client=vertx-jdbc",
            "postgresql=pgjdbc",
            "mysql-connector-java=mysql-connector",
            "mysql-connector-j=mysql-connector",
            "mariadb-java-client",
            "mybatis",
            "mybatis-spring*=mybatis-spring",
            "mybatis-plus*=mybatis-plus",
            "jooq",
            "jooq-*=jooq",
            "grails-core=grails",
            "grails-bom=grails",
            "hibernate-core=hibernate",
            "hibernate-hikaricp",
            "jdbi3-core=jdbi",
            "dropwizard-*=dropwizard",
            "quartz",
            "flyway-core=flyway",
            "liquibase-core=liquibase",
            "exposed-core=exposed",
            "exposed=exposed",
            "dynamic-datasource-spring-boot*=dynamic-datasource",
            "sharding*=shardingsphere",
            "vibur-dbcp",
            "bonecp");

    /** Artifacts that bring a library in another version than their own. */
    private static final Set<String> BRINGERS =
            Set.of("hibernate-c3p0", "spring-boot-starter-data-r2dbc", "quarkus-agroal");

    private Names() {}

    /** By any spelling that Python's registry takes as the same (PEP 503). */
    static Optional<String> python(String name) {
        return Optional.ofNullable(PYTHON.get(name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-")));
    }

    static Optional<String> node(String name) {
        return Optional.ofNullable(NODE.get(name));
    }

    /**
     * By the artifact, because forks keep it.
     *
     * @param group tells namesakes apart; may be empty
     */
    static Optional<String> jvm(String group, String artifact) {
        if (group.startsWith("org.testcontainers") || group.startsWith("org.apache.druid")) {
            return Optional.empty();
        }
        String name = artifact.toLowerCase(Locale.ROOT);
        String known = JVM.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        return JVM.entrySet().stream()
                .filter(one -> one.getKey().endsWith("*"))
                .filter(one ->
                        name.startsWith(one.getKey().substring(0, one.getKey().length() - 1)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Whether the version of an artifact is that of the library which it stands for. */
    static boolean hasOwnVersion(String artifact) {
        return !BRINGERS.contains(artifact);
    }

    /** Names that are ours too, and {@code theirs=ours}. */
    private static Map<String, String> map(String... names) {
        Map<String, String> map = new TreeMap<>();
        for (String name : names) {
            int sign = name.indexOf('=');
            map.put(sign < 0 ? name : name.substring(0, sign), name.substring(sign + 1));
        }
        return Map.copyOf(map);
    }
}
