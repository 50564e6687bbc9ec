package dev.poolwright.scan.jvm.shape;

import dev.poolwright.scan.jvm.source.JavaAnnotation;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** What {@code @Transactional} makes of a method that is called through its proxy. */
final class Transactions {

    private static final List<String> ANNOTATIONS = List.of(
            "org.springframework.transaction.annotation.Transactional",
            "jakarta.transaction.Transactional",
            "javax.transaction.Transactional",
            "io.micronaut.transaction.annotation.Transactional");

    private Transactions() {}

    /** How a call takes part in the caller's transaction. */
    enum Kind {
        /** In the caller's, or in one of its own where there is none. */
        JOINS,
        /** In one of its own: the caller's waits, and its connection with it. */
        NEW,
        /** In none: the caller's waits, and its connection with it. */
        SUSPENDS,
        /** In the caller's or none. */
        EITHER
    }

    /** @param manager name of the transaction manager; empty for the only one */
    record Transaction(Kind kind, String manager, JavaAnnotation annotation) {

        boolean holds() {
            return kind == Kind.JOINS || kind == Kind.NEW;
        }
    }

    /** Of the method's own annotation, else of its class's. */
    static Optional<Transaction> of(JavaClass in, JavaMethod method) {
        Optional<JavaAnnotation> own = method.annotation("Transactional").filter(one -> isKnown(in));
        if (own.isPresent()) {
            return own.map(Transactions::read);
        }
        String modifiers =
                method.node().first("modifiers").map(SyntaxNode::text).orElse("");
        boolean reachable = !method.isStatic()
                && !method.node().is("constructor_declaration")
                && (modifiers.contains("public") || in.node().is("interface_declaration"));
        return reachable
                ? in.annotation("Transactional").filter(one -> isKnown(in)).map(Transactions::read)
                : Optional.empty();
    }

    private static boolean isKnown(JavaClass in) {
        return ANNOTATIONS.stream().anyMatch(full -> in.file().means("Transactional", full));
    }

    private static Transaction read(JavaAnnotation annotation) {
        String how = Optional.ofNullable(annotation.arguments().get("propagation"))
                .or(() -> Optional.ofNullable(annotation.arguments().get("value"))
                        .filter(one -> !one.is("string_literal")))
                .map(SyntaxNode::text)
                .orElse("");
        String manager = Optional.ofNullable(annotation.arguments().get("transactionManager"))
                .or(() -> Optional.ofNullable(annotation.arguments().get("value"))
                        .filter(one -> !one.text().contains("TxType")
                                && !one.text().matches("REQUIRE\\w+|MANDATORY|SUPPORTS|NEVER|NOT_SUPPORTED")))
                .map(one -> one.text().replace("\"", ""))
                .orElse("");
        return new Transaction(kind(how), manager, annotation);
    }

    private static Kind kind(String how) {
        if (how.endsWith("REQUIRES_NEW")) {
            return Kind.NEW;
        }
        if (how.endsWith("NOT_SUPPORTED")) {
            return Kind.SUSPENDS;
        }
        return how.endsWith("SUPPORTS") || how.endsWith("NEVER") ? Kind.EITHER : Kind.JOINS;
    }

    /** Managers of something that has no connections of a database pool. */
    static boolean isOfAnotherStore(Transaction transaction) {
        return transaction.manager().matches("(?i).*(kafka|jms|mongo|neo4j|rabbit|redis|ldap|chained).*");
    }
}
