package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A connection, query runner or transaction that code takes from a pool and has to give back.
 *
 * @param call the call that takes it
 * @param pool the text of what it is taken from
 * @param name of the variable that holds it
 * @param transaction whether a commit or rollback ends it
 */
record Borrow(SyntaxNode call, String pool, String name, boolean transaction) {

    private static final String POOLS = "(?i).*(pool|mysql|\\bdb|\\bpg)$";
    private static final String HANDLES = "(?i).*(sequelize|knex|\\bdb|database|models|connection|kysely)$";
    private static final String RUNNERS = "(?i).*(datasource|connection|manager|\\bds|\\bdb)$";

    private static final Set<String> GIVES_BACK =
            Set.of("release", "end", "destroy", "close", "dispose", "commit", "rollback", "releaseConnection", "quit");

    /** The borrows of a module. */
    static List<Borrow> in(NodeModule module, NodeValues values) {
        return module.root()
                .all("call_expression")
                .flatMap(call -> of(module, values, call).stream())
                .toList();
    }

    private static Optional<Borrow> of(NodeModule module, NodeValues values, SyntaxNode call) {
        Optional<SyntaxNode> receiver = Texts.receiver(call);
        String called = Texts.called(call);
        if (receiver.isEmpty()
                || !called.matches(
                        "connect|getConnection|createQueryRunner|transaction|reserve|startUnmanagedTransaction")) {
            return Optional.empty();
        }
        String pool = receiver.get().text();
        Optional<SyntaxNode> first = Texts.argument(call, 0);
        boolean transaction = called.endsWith("ransaction");
        boolean fits = switch (called) {
            case "connect" -> first.isEmpty() && isPool(module, values, receiver.get());
            case "getConnection" -> first.isEmpty() && pool.matches(POOLS);
            case "createQueryRunner" -> pool.matches(RUNNERS);
            case "reserve" -> first.isEmpty() && pool.matches("(?i).*sql$");
            default ->
                pool.matches(HANDLES)
                        && (first.isEmpty() || first.get().is("object"))
                        && Texts.argument(call, 1).isEmpty();
        };
        return fits ? name(call).map(name -> new Borrow(call, pool, name, transaction)) : Optional.empty();
    }

    private static boolean isPool(NodeModule module, NodeValues values, SyntaxNode receiver) {
        if (values.names().of(module, receiver) instanceof Meaning.Code code
                && code.node().is("new_expression")) {
            return PgReader.isPool(code.module(), values, code.node());
        }
        return receiver.text().matches("(?i).*pool$") && !module.root().text().contains("mssql");
    }

    /** The plain variable that takes the awaited result. */
    private static Optional<String> name(SyntaxNode call) {
        Optional<SyntaxNode> up = call.parent();
        if (up.isPresent() && up.get().is("await_expression")) {
            up = up.get().parent();
        } else if (!Texts.called(call).equals("createQueryRunner")) {
            return Optional.empty();
        }
        return up.flatMap(one -> one.is("variable_declarator")
                        ? one.child("name")
                        : one.is("assignment_expression") ? one.child("left") : Optional.empty())
                .filter(name -> name.is("identifier"))
                .map(SyntaxNode::text);
    }

    /** Whether a call gives it back. */
    boolean isGivenBackBy(SyntaxNode call) {
        String called = Texts.called(call);
        if (Texts.receiver(call).filter(one -> one.text().equals(name)).isPresent()) {
            return GIVES_BACK.contains(called);
        }
        boolean passed = call.child("arguments")
                .filter(all ->
                        all.children().stream().anyMatch(one -> one.text().equals(name)))
                .isPresent();
        return passed && called.matches("(?i).*(release|clean|rollback|commit|dispose|close|destroy|end|finish).*");
    }
}
