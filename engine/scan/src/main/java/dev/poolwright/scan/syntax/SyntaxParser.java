package dev.poolwright.scan.syntax;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceText;
import java.util.EnumMap;
import java.util.Map;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;

/** Parses program text with tree-sitter's grammars. Not safe for several threads: one for each. */
public final class SyntaxParser implements AutoCloseable {

    private static final int DEEPEST = 1_000;

    private final Map<Language, Grammar> grammars = new EnumMap<>(Language.class);

    /** Whether there is a grammar for it. */
    public static boolean knows(Language language) {
        return switch (language) {
            case PYTHON, JAVA, JAVASCRIPT, TYPESCRIPT, TSX -> true;
            default -> false;
        };
    }

    /** The tree of a text. What does not follow the grammar is in {@code ERROR} nodes; the rest of the text is parsed all the same. */
    public SyntaxNode parse(SourceText text, Language language) {
        Grammar grammar = grammars.computeIfAbsent(language, one -> new Grammar(language(one)));
        try (TSTree tree = grammar.parser().parseString(null, text.text());
                TSTreeCursor cursor = new TSTreeCursor(tree.getRootNode())) {
            return new Walk(text, grammar).of(cursor);
        }
    }

    private static TSLanguage language(Language language) {
        return switch (language) {
            case PYTHON -> new TreeSitterPython();
            case JAVA -> new TreeSitterJava();
            case JAVASCRIPT -> new TreeSitterJavascript();
            case TYPESCRIPT -> new TreeSitterTypescript();
            case TSX -> new TreeSitterTsx();
            default -> throw new IllegalArgumentException("language = " + language + ": there is no grammar for it");
        };
    }

    @Override
    public void close() {
        grammars.values().forEach(grammar -> grammar.parser().close());
    }

    /** Copies a tree out of native memory in one pass. */
    private static final class Walk {
        private final SourceText text;
        private final Grammar grammar;
        private int depth;

        Walk(SourceText text, Grammar grammar) {
            this.text = text;
            this.grammar = grammar;
        }

        SyntaxNode of(TSTreeCursor cursor) {
            TSNode root = cursor.currentNode();
            SyntaxNode top = new SyntaxNode(
                    text, grammar.symbol(root.getSymbol()), "", root.getStartByte(), root.getEndByte(), null);
            below(cursor, top);
            return top;
        }

        private void below(TSTreeCursor cursor, SyntaxNode parent) {
            if (depth >= DEEPEST || !cursor.gotoFirstChild()) {
                return;
            }
            depth++;
            do {
                TSNode node = cursor.currentNode();
                int symbol = node.getSymbol();
                int field = cursor.currentFieldId();
                if (grammar.isNamed(symbol) || field != 0) {
                    SyntaxNode child = new SyntaxNode(
                            text,
                            grammar.symbol(symbol),
                            grammar.field(field),
                            node.getStartByte(),
                            node.getEndByte(),
                            parent);
                    parent.add(child);
                    below(cursor, child);
                }
            } while (cursor.gotoNextSibling());
            cursor.gotoParent();
            depth--;
        }
    }
}
