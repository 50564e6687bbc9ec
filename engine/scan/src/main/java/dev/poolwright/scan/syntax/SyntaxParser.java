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
import java.util.function.LongSupplier;

/**
 * Parses program text with tree-sitter's grammars. Not safe for several threads: one for each. What it holds outside the heap
 * goes when it is closed, or when nobody refers to it any more.
 */
public final class SyntaxParser implements AutoCloseable {

    /**
     * How often a parser may look up for each kilobyte that it has got through, and beside that. It looks up after a fixed amount of
     * work ({@code OP_COUNT_PER_PARSER_CALLBACK_CHECK} in tree-sitter's parser.c), so most text that is made to hold it up is given up
     * at the same point on every machine. Of 120 Python files that people wrote none needed more than eleven for each kilobyte.
     */
    private static final int LOOKS_PER_KILOBYTE = 20;

    private static final int LOOKS = 400;

    /** What does not look up often, and still is not done by then, is given up too. A megabyte takes less than one second. */
    private static final long MOST_NANOS = 10_000_000_000L;

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
        this(Ticks::nanos);
    }

    /** @param ticks nanoseconds that only go forward */
    SyntaxParser(LongSupplier ticks) {
        try {
            parser = (MemorySegment) TreeSitter.PARSER_NEW.invokeExact();
        } catch (Throwable failed) {
            throw TreeSitter.unexpected(failed);
        }
        given = new Given(ticks);
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

    /** The text under the parser. Its methods are called from native code, so they must not throw; it knows no parser, so that one can go. */
    @SuppressWarnings("restricted") // what native code hands over comes without its size
    private static final class Given {
        private final LongSupplier ticks;
        private MemorySegment bytes = MemorySegment.NULL;
        private int length;
        private int looks;
        private long deadline;

        Given(LongSupplier ticks) {
            this.ticks = ticks;
        }

        void take(MemorySegment text, int size) {
            bytes = text;
            length = size;
            looks = 0;
            deadline = ticks.getAsLong() + MOST_NANOS;
        }

        /** All that is left from a byte on. */
        @SuppressWarnings({"unused", "restricted"}) // called from native code
        MemorySegment read(MemorySegment payload, int from, MemorySegment point, MemorySegment count) {
            int at = Math.min(Math.max(from, 0), length);
            count.reinterpret(Integer.BYTES).set(ValueLayout.JAVA_INT, 0, length - at);
            return bytes.asSlice(at);
        }

        @SuppressWarnings({"unused", "restricted"}) // called from native code
        boolean givesUp(MemorySegment state) {
            int at = state.reinterpret(TreeSitter.PARSE_STATE.byteSize()).get(ValueLayout.JAVA_INT, Long.BYTES);
            return ++looks > LOOKS + (long) LOOKS_PER_KILOBYTE * (at >>> 10) || ticks.getAsLong() - deadline > 0;
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
