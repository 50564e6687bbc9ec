package dev.poolwright.scan.syntax;

import dev.poolwright.scan.tree.SourceText;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/** Copies a tree out of native memory in one pass, without recursion. Not safe for several threads. */
final class TreeCopy {

    /** What is nested deeper is left out: nobody writes it, and what walks the copy recursively is kept from a full stack. */
    static final int DEEPEST = 1_000;

    private final MemorySegment node;
    private final MemorySegment cursor;
    private final SegmentAllocator intoNode;
    private final SegmentAllocator intoCursor;
    private final List<SyntaxNode> open = new ArrayList<>();

    /** The nodes that are read and have no parent yet, and how many of them stood there when each open node began. */
    private final List<SyntaxNode> waiting = new ArrayList<>();

    private int[] began = new int[DEEPEST + 1];

    TreeCopy(Arena arena) {
        node = TreeSitter.unchecked(arena.allocate(TreeSitter.NODE));
        cursor = TreeSitter.unchecked(arena.allocate(TreeSitter.CURSOR));
        intoNode = TreeSitter.again(node);
        intoCursor = TreeSitter.again(cursor);
    }

    SyntaxNode of(MemorySegment tree, SourceText text, Grammar grammar) throws Throwable {
        open.clear();
        waiting.clear();
        MemorySegment root = (MemorySegment) TreeSitter.ROOT_NODE.invokeExact(intoNode, tree);
        SyntaxNode top = new SyntaxNode(
                text,
                grammar.symbol((short) TreeSitter.NODE_SYMBOL.invokeExact(root) & 0xffff),
                "",
                (int) TreeSitter.NODE_START.invokeExact(root),
                (int) TreeSitter.NODE_END.invokeExact(root),
                null);
        MemorySegment at = (MemorySegment) TreeSitter.CURSOR_NEW.invokeExact(intoCursor, root);
        try {
            below(at, top, text, grammar);
        } finally {
            TreeSitter.CURSOR_DELETE.invokeExact(at);
        }
        return top;
    }

    private void below(MemorySegment at, SyntaxNode top, SourceText text, Grammar grammar) throws Throwable {
        if (!(boolean) TreeSitter.FIRST_CHILD.invokeExact(at)) {
            return;
        }
        enter(top);
        while (true) {
            SyntaxNode read = read(at, text, grammar);
            if (read != null && open.size() < DEEPEST && (boolean) TreeSitter.FIRST_CHILD.invokeExact(at)) {
                enter(read);
                continue;
            }
            while (!(boolean) TreeSitter.NEXT_SIBLING.invokeExact(at)) {
                leave();
                if (open.isEmpty()) {
                    return;
                }
                boolean up = (boolean) TreeSitter.GO_UP.invokeExact(at);
                assert up;
            }
        }
    }

    /** The node that the cursor is at, now waiting for its parent; null for punctuation. */
    private @org.jspecify.annotations.Nullable SyntaxNode read(MemorySegment at, SourceText text, Grammar grammar)
            throws Throwable {
        MemorySegment current = (MemorySegment) TreeSitter.CURRENT_NODE.invokeExact(intoNode, at);
        int symbol = (short) TreeSitter.NODE_SYMBOL.invokeExact(current) & 0xffff;
        int field = (short) TreeSitter.CURRENT_FIELD.invokeExact(at) & 0xffff;
        if (!grammar.isNamed(symbol) && field == 0) {
            return null;
        }
        SyntaxNode read = new SyntaxNode(
                text,
                grammar.symbol(symbol),
                grammar.field(field),
                (int) TreeSitter.NODE_START.invokeExact(current),
                (int) TreeSitter.NODE_END.invokeExact(current),
                open.getLast());
        waiting.add(read);
        return read;
    }

    private void enter(SyntaxNode node) {
        began[open.size()] = waiting.size();
        open.add(node);
    }

    private void leave() {
        SyntaxNode done = open.removeLast();
        List<SyntaxNode> children = waiting.subList(began[open.size()], waiting.size());
        done.adopt(List.copyOf(children));
        children.clear();
    }
}
