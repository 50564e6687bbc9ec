package dev.poolwright.scan.syntax;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node of a syntax tree, as the grammar names it ({@code call}, {@code keyword_argument}). Punctuation is left out unless
 * the grammar gives it a field ({@code operator}). Immutable once the tree is built; safe to share.
 */
public final class SyntaxNode {

    private final SourceText source;
    private final String type;
    private final String field;
    private final int start;
    private final int end;
    private final @Nullable SyntaxNode parent;
    private List<SyntaxNode> children = List.of();

    SyntaxNode(SourceText source, String type, String field, int start, int end, @Nullable SyntaxNode parent) {
        this.source = source;
        this.type = type;
        this.field = field;
        this.start = start;
        this.end = end;
        this.parent = parent;
    }

    /** Called once, while the tree is built. */
    void adopt(List<SyntaxNode> all) {
        children = all;
    }

    /** The grammar's name; {@code ERROR} where the text does not follow the grammar. */
    public String type() {
        return type;
    }

    public boolean is(String... types) {
        for (String one : types) {
            if (one.equals(type)) {
                return true;
            }
        }
        return false;
    }

    /** The name of its place in the parent ({@code name}, {@code value}, {@code body}); empty where it has none. */
    public String field() {
        return field;
    }

    public List<SyntaxNode> children() {
        return children;
    }

    public Optional<SyntaxNode> parent() {
        return Optional.ofNullable(parent);
    }

    /** The first child in that place. */
    public Optional<SyntaxNode> child(String wantedField) {
        for (SyntaxNode child : children) {
            if (child.field.equals(wantedField)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** The first child of one of these types. */
    public Optional<SyntaxNode> first(String... types) {
        for (SyntaxNode child : children) {
            if (child.is(types)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** The text of the child in that place; empty where there is none. */
    public String text(String wantedField) {
        return child(wantedField).map(SyntaxNode::text).orElse("");
    }

    public String text() {
        return source.slice(start, end);
    }

    public SourceText source() {
        return source;
    }

    public Origin origin() {
        return source.origin(start);
    }

    public int line() {
        return source.line(start);
    }

    public int lastLine() {
        return source.line(Math.max(start, end - 1));
    }

    /** Offset of its first byte. */
    public int start() {
        return start;
    }

    /** Offset after its last byte. */
    public int end() {
        return end;
    }

    /** Whether the other node lies within this one, or is this one. */
    public boolean contains(SyntaxNode other) {
        return source == other.source && start <= other.start && other.end <= end;
    }

    /** The nearest node above it of one of these types. */
    public Optional<SyntaxNode> above(String... types) {
        for (SyntaxNode up = parent; up != null; up = up.parent) {
            if (up.is(types)) {
                return Optional.of(up);
            }
        }
        return Optional.empty();
    }

    /** It and everything below it, in the order of the text. */
    public Stream<SyntaxNode> all() {
        List<SyntaxNode> all = new ArrayList<>();
        Deque<SyntaxNode> next = new ArrayDeque<>(List.of(this));
        while (!next.isEmpty()) {
            SyntaxNode node = next.pop();
            all.add(node);
            for (int i = node.children.size() - 1; i >= 0; i--) {
                next.push(node.children.get(i));
            }
        }
        return all.stream();
    }

    /** {@link #all()} of one of these types. */
    public Stream<SyntaxNode> all(String... types) {
        return all().filter(node -> node.is(types));
    }

    @Override
    public String toString() {
        return type + " " + origin() + ": " + text().lines().findFirst().orElse("");
    }
}
