package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Failures of database work that are caught and reported as a wrong login. */
final class MisreportReader extends JavaShapeReader {

    private static final String DATABASE =
            "SQLException|DataAccessException|PersistenceException|HibernateException|JDBCException|CannotGetJdbcConnectionException";
    private static final String ANY = "Exception|RuntimeException|Throwable";
    private static final String LOGIN =
            "(?s).*\\b(BadCredentialsException|UsernameNotFoundException|AuthenticationException|UnauthorizedException"
                    + "|AuthenticationCredentialsNotFoundException|IncorrectCredentialsException|UnknownAccountException)\\b.*|.*\\b(SC_UNAUTHORIZED|HttpStatus\\.UNAUTHORIZED|Status\\.UNAUTHORIZED)\\b.*";

    MisreportReader() {
        super(
                "BadCredentialsException",
                "UsernameNotFoundException",
                "AuthenticationException",
                "UnauthorizedException",
                "CredentialsException",
                "UnknownAccountException",
                "UNAUTHORIZED");
    }

    @Override
    void read(JavaFile file, JavaIndex index, Consumer<Fact> facts) {
        Databases databases = new Databases(Types.of(index));
        file.root()
                .all("try_statement", "try_with_resources_statement")
                .filter(tried -> tried.children().stream()
                        .anyMatch(one -> one.is("catch_clause") && told(one).isPresent()))
                .forEach(tried -> file.around(tried)
                        .ifPresent(
                                in -> asks(tried, in, databases).ifPresent(query -> caught(tried, query, in, facts))));
    }

    private static Optional<SyntaxNode> asks(SyntaxNode tried, JavaClass in, Databases databases) {
        return tried.children().stream()
                .filter(one -> one.is("block", "resource_specification"))
                .flatMap(body -> Calls.within(body).stream())
                .filter(call -> databases.asks(call, in))
                .findFirst();
    }

    /** The first clause that takes failures of the database decides. */
    private static void caught(SyntaxNode tried, SyntaxNode query, JavaClass in, Consumer<Fact> facts) {
        for (SyntaxNode clause : tried.children()) {
            if (!clause.is("catch_clause")) {
                continue;
            }
            String types = clause.first("catch_formal_parameter")
                    .flatMap(one -> one.first("catch_type"))
                    .map(SyntaxNode::text)
                    .orElse("");
            boolean database = List.of(types.split("[\\s|]+")).stream().anyMatch(type -> type.matches(DATABASE));
            boolean any = List.of(types.split("[\\s|]+")).stream().anyMatch(type -> type.matches(ANY));
            if (database || any) {
                told(clause)
                        .map(told -> shape(
                                Shape.MISREPORTED_FAILURE,
                                in,
                                told,
                                types + " of " + called(query) + " becomes " + brief(told),
                                database,
                                List.of(
                                        new Step("asks the database: " + called(query), query.origin()),
                                        new Step("any failure of it is caught: " + types, clause.origin()),
                                        new Step("and told as a wrong login", told.origin()))))
                        .ifPresent(facts);
                return;
            }
        }
    }

    private static Optional<SyntaxNode> told(SyntaxNode clause) {
        return clause.all("throw_statement", "return_statement", "expression_statement")
                .filter(one -> one.above("if_statement", "catch_clause")
                        .filter(clause::equals)
                        .isPresent())
                .filter(one -> one.text().matches(LOGIN))
                .filter(one -> !one.text().contains("AuthenticationServiceException"))
                .findFirst();
    }
}
