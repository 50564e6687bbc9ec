package dev.poolwright.scan.syntax;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceText;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Cleaner;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Parses program text with tree-sitter's grammars. Not safe for several threads: one for each. What it holds outside the heap
 * goes when it is closed, or when nobody refers to it any more.
 */
public final class SyntaxParser implements AutoCloseable {

    /**
     * How often a parser may look up before it has to be done, for each kilobyte of text and beside that. It looks up after a
     * fixed amount of work ({@code OP_COUNT_PER_PARSER_CALLBACK_CHECK} in tree-sitter's parser.c), so the same text is given up at
     * the same point on every machine. Programs that people wrote need about five for each kilobyte.
     */
    private static final int LOOKS_PER_KILOBYTE = 60;

    private static final int LOOKS = 5_000;

    private static final Cleaner CLEANER = Cleaner.create();
    private static final Map<Language, Grammar> GRAMMARS = new EnumMap<>(Language.class);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment parser;
    private final MemorySegment input = arena.allocate(TreeSitter.INPUT);
    private final MemorySegment options = arena.allocate(TreeSitter.OPTIONS);
    private final TreeCopy copy = new TreeCopy(arena);
    private final Cleaner.Cleanable freed;
    private final Given given;

    public SyntaxParser() {
        try {
            parser = (MemorySegment) TreeSitter.PARSER_NEW.invokeExact();
        } catch (Throwable failed) {
            throw TreeSitter.unexpected(failed);
        }
        given = new Given();
        freed = CLEANER.register(this, new Freed(arena, parser));
        input.set(
                ValueLayout.ADDRESS,
                8,
                TreeSitter.callback(MethodHandles.lookup(), given, "read", TreeSitter.READ, arena));
        options.set(
                ValueLayout.ADDRESS,
                8,
                TreeSitter.callback(MethodHandles.lookup(), given, "givesUp", TreeSitter.PROGRESS, arena));
    }

    /** Whether there is a grammar for it. */
    public static boolean knows(Language language) {
        return switch (language) {
            case PYTHON, JAVA, JAVASCRIPT, TYPESCRIPT, TSX -> true;
            default -> false;
        };
    }

    /**
     * The tree of a text. What does not follow the grammar is in {@code ERROR} nodes; the rest of the text is parsed all the same.
     * Empty when the text takes too long to parse, as only text made for that does. Nothing below the thousandth level is in it.
     */
    public Optional<SyntaxNode> parse(SourceText text, Language language) {
        Grammar grammar = grammar(language);
        try (Arena here = Arena.ofConfined()) {
            given.take(text.copyTo(here), text.length());
            boolean taken = (boolean) TreeSitter.SET_LANGUAGE.invokeExact(parser, grammar.language());
            if (!taken) {
                throw new IllegalStateException("grammar = " + language + ": not of a version that the parser takes");
            }
            MemorySegment tree =
                    (MemorySegment) TreeSitter.PARSE.invokeExact(parser, MemorySegment.NULL, input, options);
            if (tree.equals(MemorySegment.NULL)) {
                TreeSitter.PARSER_RESET.invokeExact(parser);
                return Optional.empty();
            }
            try {
                return Optional.of(copy.of(tree, text, grammar));
            } finally {
                TreeSitter.TREE_DELETE.invokeExact(tree);
            }
        } catch (Throwable failed) {
            throw TreeSitter.unexpected(failed);
        }
    }

    private static Grammar grammar(Language language) {
        synchronized (GRAMMARS) {
            return GRAMMARS.computeIfAbsent(language, Grammar::of);
        }
    }

    @Override
    public void close() {
        freed.clean();
    }

    /** The text under the parser. Its methods are called from native code, so they must not throw. */
    private static final class Given {
        private MemorySegment bytes = MemorySegment.NULL;
        private int length;
        private long looks;

        void take(MemorySegment text, int size) {
            bytes = text;
            length = size;
            looks = LOOKS + (long) LOOKS_PER_KILOBYTE * (size >> 10);
        }

        /** All that is left from a byte on. */
        @SuppressWarnings("unused") // called from native code
        MemorySegment read(MemorySegment payload, int from, MemorySegment point, MemorySegment count) {
            int at = Math.min(Math.max(from, 0), length);
            count.reinterpret(Integer.BYTES).set(ValueLayout.JAVA_INT, 0, length - at);
            return bytes.asSlice(at);
        }

        @SuppressWarnings("unused") // called from native code
        boolean givesUp(MemorySegment state) {
            return --looks < 0;
        }
    }

    /** Frees what a parser holds outside the heap. */
    private record Freed(Arena arena, MemorySegment parser) implements Runnable {
        @Override
        public void run() {
            try {
                TreeSitter.PARSER_DELETE.invokeExact(parser);
            } catch (Throwable failed) {
                throw TreeSitter.unexpected(failed);
            } finally {
                arena.close();
            }
        }
    }
}
