package dev.poolwright.scan.jvm.shape;

import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;

/** Expressions that take a JDBC connection from a pool. */
final class Borrows {

    static final List<String> SOURCES = List.of(
            "javax.sql.DataSource",
            "com.zaxxer.hikari.HikariDataSource",
            "com.alibaba.druid.pool.DruidDataSource",
            "com.mchange.v2.c3p0.ComboPooledDataSource",
            "org.apache.commons.dbcp2.BasicDataSource",
            "org.apache.tomcat.jdbc.pool.DataSource",
            "io.agroal.api.AgroalDataSource");

    private final Types types;

    Borrows(Types types) {
        this.types = types;
    }

    boolean is(SyntaxNode call, JavaClass in) {
        if (!call.is("method_invocation") || !call.text("name").equals("getConnection")) {
            return false;
        }
        String object = call.text("object");
        if (object.equals("DataSourceUtils")) {
            return true;
        }
        return Calls.arguments(call).isEmpty()
                && (object.matches("[\\w.]*[jJ]dbcTemplate\\.getDataSource\\(\\)")
                        || call.child("object")
                                .flatMap(one -> types.of(one, in))
                                .filter(type -> type.isOneOf(SOURCES))
                                .isPresent());
    }
}
