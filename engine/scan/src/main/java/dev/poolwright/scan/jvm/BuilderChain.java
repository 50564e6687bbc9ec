package dev.poolwright.scan.jvm;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chain of calls, {@code start().one(1).two(2)}, from its start on. */
final class BuilderChain {

    private static final int LONGEST = 100;

    private BuilderChain() {}

    /** One call of it. */
    record Link(String name, List<SyntaxNode> arguments, SyntaxNode node) {}

    /** The calls up to a node, in reading order; what the chain starts from is not among them unless it is a call. */
    static List<Link> of(SyntaxNode last) {
        List<Link> links = new ArrayList<>();
        Optional<SyntaxNode> at = Optional.of(last);
        while (at.filter(node -> node.is("method_invocation")).isPresent() && links.size() < LONGEST) {
            SyntaxNode call = at.get();
            links.add(0, new Link(call.text("name"), Setters.arguments(call), call));
            at = call.child("object");
        }
        return links;
    }

    /** The node at which the chain around a node ends. */
    static SyntaxNode end(SyntaxNode start) {
        SyntaxNode at = start;
        for (int i = 0; i < LONGEST; i++) {
            Optional<SyntaxNode> up = at.parent().filter(parent -> parent.is("method_invocation"));
            SyntaxNode inner = at;
            if (up.isEmpty()
                    || !up.get()
                            .child("object")
                            .filter(object -> object == inner)
                            .isPresent()) {
                break;
            }
            at = up.get();
        }
        return at;
    }
}
