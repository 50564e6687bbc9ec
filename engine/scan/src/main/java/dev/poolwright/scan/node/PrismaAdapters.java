package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds where the driver adapter of a Prisma client is made: in place, or in a function that hands it out, alone or in an object. */
final class PrismaAdapters {

    private static final int DEEPEST = 6;
    private static final Pattern ADAPTER = Pattern.compile("(?:\\w+\\.)?Prisma(?!Client)\\w+");

    private final NodeNames names;

    PrismaAdapters(NodeNames names) {
        this.names = names;
    }

    /** The {@code new} of the adapter; empty where it cannot be followed to one. */
    Optional<Meaning.Code> made(NodeModule module, SyntaxNode value) {
        return made(module, value, 0);
    }

    private Optional<Meaning.Code> made(NodeModule module, SyntaxNode value, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        SyntaxNode bare = NodeNames.bare(value);
        if (names.of(module, bare) instanceof Meaning.Code code) {
            Optional<Meaning.Code> found = in(code, depth);
            if (found.isPresent()) {
                return found;
            }
        }
        return bare.is("member_expression")
                ? bare.child("object").flatMap(object -> made(module, object, depth + 1))
                : Optional.empty();
    }

    private Optional<Meaning.Code> in(Meaning.Code code, int depth) {
        SyntaxNode node = code.node();
        if (node.is("new_expression")) {
            return Optional.of(code);
        }
        if (node.is("ternary_expression")) {
            return node.child("consequence")
                    .flatMap(one -> made(code.module(), one, depth + 1))
                    .or(() -> node.child("alternative").flatMap(one -> made(code.module(), one, depth + 1)));
        }
        if (node.is("object")) {
            return inside(code.module(), node);
        }
        if (node.is("call_expression")) {
            return node.child("function")
                    .map(function -> names.of(code.module(), function))
                    .filter(Meaning.Code.class::isInstance)
                    .map(Meaning.Code.class::cast)
                    .filter(called ->
                            Set.of(Functions.TYPES).contains(called.node().type()))
                    .flatMap(called -> inside(called.module(), called.node()));
        }
        return Optional.empty();
    }

    private static Optional<Meaning.Code> inside(NodeModule module, SyntaxNode around) {
        return around.all("new_expression")
                .filter(made -> ADAPTER.matcher(made.text("constructor")).matches())
                .findFirst()
                .map(made -> Meaning.Code.of(module, made));
    }

    /** Whether an adapter is given a pool, and makes none. */
    boolean hasOwnPool(Meaning.Code adapter) {
        Optional<SyntaxNode> first = Texts.argument(adapter.node(), 0);
        return first.map(one -> names.of(adapter.module(), one))
                .filter(given -> (given instanceof Meaning.Code code
                                && code.node().is("new_expression"))
                        || (given instanceof Meaning.Open && first.get().text().matches("(?i)(.*[._])?\\w*pool")))
                .isPresent();
    }
}
