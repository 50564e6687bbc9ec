package dev.poolwright.scan.jvm.shape;

import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.regex.Pattern;

/** Calls that ask a database, by the type of what they are made on. */
final class Databases {

    static final List<String> TEMPLATES = List.of(
            "org.springframework.jdbc.core.JdbcTemplate",
            "org.springframework.jdbc.core.JdbcOperations",
            "org.springframework.jdbc.core.simple.JdbcClient",
            "org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate",
            "org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations");
    private static final List<String> OTHERS = List.of(
            "jakarta.persistence.EntityManager",
            "javax.persistence.EntityManager",
            "org.hibernate.SessionFactory",
            "org.hibernate.Session",
            "org.apache.ibatis.session.SqlSession",
            "org.jooq.DSLContext",
            "org.springframework.r2dbc.core.DatabaseClient",
            "org.jdbi.v3.core.Jdbi");

    private static final Pattern ASKS = Pattern.compile("query\\w*|update|batchUpdate|execute|call|sql");

    private final Types types;

    Databases(Types types) {
        this.types = types;
    }

    /** A template that takes a connection for each call outside a transaction. */
    boolean asksTemplate(SyntaxNode call, JavaClass in) {
        return call.is("method_invocation")
                && ASKS.matcher(call.text("name")).matches()
                && types.of(Calls.root(call), in)
                        .filter(one -> one.isOneOf(TEMPLATES))
                        .isPresent();
    }

    /** Whether a call asks the database. */
    boolean asks(SyntaxNode call, JavaClass in) {
        if (!call.is("method_invocation")) {
            return false;
        }
        if (asksTemplate(call, in)) {
            return true;
        }
        return types.of(Calls.root(call), in)
                .filter(one -> one.isOneOf(OTHERS)
                        || isRepository(one)
                        || (one.isOneOf(Borrows.SOURCES) && call.text("name").equals("getConnection")))
                .isPresent();
    }

    /** An interface that Spring Data or MyBatis implements. */
    boolean isRepository(Types.Declared type) {
        return types.index()
                .resolve(type.type(), type.file())
                .filter(Databases::isRepository)
                .isPresent();
    }

    static boolean isRepository(JavaClass type) {
        String header = type.node().text();
        header = header.substring(0, Math.max(0, header.indexOf('{')));
        return type.node().is("interface_declaration")
                && header.matches(
                        "(?s).*\\bextends\\b.*\\b(Jpa|Crud|ListCrud|PagingAndSorting|R2dbc|ReactiveCrud)Repository\\b.*|(?s).*\\bBaseMapper<.*|(?s).*@Mapper\\b.*")
                && !header.contains("mapstruct")
                && !type.file()
                        .imported("Mapper")
                        .filter(full -> full.startsWith("org.mapstruct"))
                        .isPresent();
    }
}
