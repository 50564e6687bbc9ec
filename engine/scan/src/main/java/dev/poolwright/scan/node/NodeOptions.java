package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties of an object that code builds: literals, spreads, {@code Object.assign}. A later one replaces an earlier one. */
final class NodeOptions {

    private static final int DEEPEST = 12;

    /**
     * A property.
     *
     * @param key where it stands
     * @param condition under which it is there at all; empty where it always is
     */
    record Option(NodeModule module, SyntaxNode key, SyntaxNode value, String condition) {}

    private final NodeNames names;

    NodeOptions(NodeNames names) {
        this.names = names;
    }

    /** All properties of an object expression that can be followed; none where it cannot. */
    Map<String, Option> of(NodeModule module, SyntaxNode expression) {
        Map<String, Option> found = new LinkedHashMap<>();
        collect(module, expression, "", 0, found);
        return found;
    }

    Optional<Option> option(NodeModule module, SyntaxNode object, String name, int depth) {
        Map<String, Option> found = new LinkedHashMap<>();
        collect(module, object, "", depth / 2, found);
        return Optional.ofNullable(found.get(name));
    }

    private void collect(
            NodeModule module, SyntaxNode expression, String condition, int depth, Map<String, Option> into) {
        if (depth > DEEPEST) {
            return;
        }
        SyntaxNode node = NodeNames.bare(expression);
        if (node.is("ternary_expression")) {
            String when = Texts.brief(node.child("condition").orElse(node));
            node.child("consequence").ifPresent(one -> collect(module, one, when, depth + 1, into));
            node.child("alternative").ifPresent(one -> collect(module, one, "not " + when, depth + 1, into));
            return;
        }
        if (node.is("binary_expression") && node.text("operator").equals("&&")) {
            String when = Texts.brief(node.child("left").orElse(node));
            node.child("right").ifPresent(one -> collect(module, one, when, depth + 1, into));
            return;
        }
        if (node.is("call_expression") && node.text("function").equals("Object.assign")) {
            node.child("arguments")
                    .map(SyntaxNode::children)
                    .orElse(List.of())
                    .forEach(one -> collect(module, one, condition, depth + 1, into));
            return;
        }
        if (!node.is("object")) {
            if (names.of(module, node, depth * 2) instanceof Meaning.Code code
                    && code.node() != node
                    && code.node().is("object", "ternary_expression", "call_expression", "binary_expression")) {
                collect(code.module(), code.node(), condition, depth + 1, into);
            }
            return;
        }
        for (SyntaxNode part : node.children()) {
            switch (part.type()) {
                case "pair" ->
                    part.child("value")
                            .ifPresent(value -> put(into, Texts.key(part), new Option(module, part, value, condition)));
                case "shorthand_property_identifier" ->
                    put(into, part.text(), new Option(module, part, part, condition));
                case "spread_element" ->
                    new ArrayList<>(part.children())
                            .stream()
                                    .findFirst()
                                    .ifPresent(spread -> collect(module, spread, condition, depth + 1, into));
                default -> {}
            }
        }
    }

    private static void put(Map<String, Option> into, String key, Option option) {
        into.remove(key); // so that the order is that of the last writing
        into.put(key, option);
    }
}
