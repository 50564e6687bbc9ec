package dev.poolwright.scan.syntax;

import dev.poolwright.scan.tree.Language;
import java.lang.foreign.MemorySegment;

/** A grammar: the names of what it produces, by number. Immutable; safe to share. */
final class Grammar {

    /** What a parser calls text that does not follow the grammar. */
    private static final String ERROR = "ERROR";

    /** {@code TSSymbolTypeRegular}. */
    private static final int REGULAR = 0;

    private final MemorySegment language;
    private final String[] symbols;
    private final boolean[] named;
    private final String[] fields;

    private Grammar(MemorySegment language) throws Throwable {
        this.language = language;
        symbols = new String[(int) TreeSitter.SYMBOL_COUNT.invokeExact(language)];
        named = new boolean[symbols.length];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = TreeSitter.text((MemorySegment) TreeSitter.SYMBOL_NAME.invokeExact(language, (short) i))
                    .intern();
            named[i] = (int) TreeSitter.SYMBOL_TYPE.invokeExact(language, (short) i) == REGULAR;
        }
        fields = new String[(int) TreeSitter.FIELD_COUNT.invokeExact(language) + 1];
        fields[0] = "";
        for (int i = 1; i < fields.length; i++) {
            fields[i] = TreeSitter.text((MemorySegment) TreeSitter.FIELD_NAME.invokeExact(language, (short) i))
                    .intern();
        }
    }

    static Grammar of(Language language) {
        try {
            return new Grammar(TreeSitter.language(library(language)));
        } catch (Throwable failed) {
            throw TreeSitter.unexpected(failed);
        }
    }

    private static String library(Language language) {
        return switch (language) {
            case PYTHON -> "python";
            case JAVA -> "java";
            case JAVASCRIPT -> "javascript";
            case TYPESCRIPT -> "typescript";
            case TSX -> "tsx";
            default -> throw new IllegalArgumentException("language = " + language + ": there is no grammar for it");
        };
    }

    MemorySegment language() {
        return language;
    }

    /** Whether it is more than punctuation. Text that does not follow the grammar has a number past all others. */
    boolean isNamed(int symbol) {
        return symbol >= named.length || named[symbol];
    }

    String symbol(int symbol) {
        return symbol >= symbols.length ? ERROR : symbols[symbol];
    }

    String field(int field) {
        return fields[field];
    }
}
