package dev.poolwright.scan.syntax;

import org.treesitter.TSLanguage;
import org.treesitter.TSParser;
import org.treesitter.TSSymbolType;

/** A grammar with its parser, and the names of what it produces by number. Not safe for several threads. */
final class Grammar {

    /** What a parser calls text that does not follow the grammar. */
    private static final String ERROR = "ERROR";

    private final TSParser parser = new TSParser();
    private final String[] symbols;
    private final boolean[] named;
    private final String[] fields;

    /** @throws IllegalStateException when the grammar is of a version that the parser does not take */
    Grammar(TSLanguage language) {
        if (!parser.setLanguage(language)) {
            throw new IllegalStateException(
                    "grammar = " + language.name() + ": not of a version that the parser takes");
        }
        symbols = new String[language.symbolCount()];
        named = new boolean[symbols.length];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = language.symbolName(i);
            named[i] = language.symbolType(i) == TSSymbolType.TSSymbolTypeRegular;
        }
        fields = new String[language.fieldCount() + 1];
        fields[0] = "";
        for (int i = 1; i < fields.length; i++) {
            fields[i] = language.fieldNameForId(i);
        }
    }

    TSParser parser() {
        return parser;
    }

    /** Whether it is more than punctuation. Text that does not follow the grammar has a number past all others. */
    boolean isNamed(int symbol) {
        return symbol < 0 || symbol >= named.length || named[symbol];
    }

    String symbol(int symbol) {
        return symbol < 0 || symbol >= symbols.length ? ERROR : symbols[symbol];
    }

    String field(int field) {
        return fields[field];
    }
}
