package dev.poolwright.scan.syntax;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.treesitter.utils.NativeUtils;

/**
 * The functions of tree-sitter's C library that are called here, as {@code tree_sitter/api.h} declares them. Called without the
 * binding's own classes: those cross into native code, and make an object there, several times for each node, which costs ten
 * times as much. Stateless.
 */
@SuppressWarnings("restricted") // native functions are what this class is for
final class TreeSitter {

    private static final ValueLayout.OfBoolean BOOL = ValueLayout.JAVA_BOOLEAN;
    private static final ValueLayout.OfShort UINT16 = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfInt UINT32 = ValueLayout.JAVA_INT;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    /** {@code TSNode}: by value in arguments and results. */
    static final StructLayout NODE = MemoryLayout.structLayout(
            MemoryLayout.sequenceLayout(4, UINT32).withName("context"),
            POINTER.withName("id"),
            POINTER.withName("tree"));

    /** {@code TSTreeCursor}. */
    static final StructLayout CURSOR = MemoryLayout.structLayout(
            POINTER, POINTER, MemoryLayout.sequenceLayout(3, UINT32), MemoryLayout.paddingLayout(4));

    /** {@code TSPoint}. */
    static final StructLayout POINT = MemoryLayout.structLayout(UINT32, UINT32);

    /** {@code TSInput}: payload, read, encoding, decode. */
    static final StructLayout INPUT =
            MemoryLayout.structLayout(POINTER, POINTER, UINT32, MemoryLayout.paddingLayout(4), POINTER);

    /** {@code TSParseOptions}: payload, progress callback. */
    static final StructLayout OPTIONS = MemoryLayout.structLayout(POINTER, POINTER);

    /** {@code TSParseState}: payload, current byte offset, has error. */
    static final StructLayout PARSE_STATE =
            MemoryLayout.structLayout(POINTER, UINT32, BOOL, MemoryLayout.paddingLayout(3));

    static final FunctionDescriptor READ = FunctionDescriptor.of(POINTER, POINTER, UINT32, POINT, POINTER);
    static final FunctionDescriptor PROGRESS = FunctionDescriptor.of(BOOL, POINTER);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = symbols();

    static final MethodHandle PARSER_NEW = plain("ts_parser_new", FunctionDescriptor.of(POINTER));
    static final MethodHandle PARSER_DELETE = plain("ts_parser_delete", FunctionDescriptor.ofVoid(POINTER));
    static final MethodHandle PARSER_RESET = plain("ts_parser_reset", FunctionDescriptor.ofVoid(POINTER));
    static final MethodHandle SET_LANGUAGE =
            plain("ts_parser_set_language", FunctionDescriptor.of(BOOL, POINTER, POINTER));
    static final MethodHandle PARSE =
            plain("ts_parser_parse_with_options", FunctionDescriptor.of(POINTER, POINTER, POINTER, INPUT, OPTIONS));
    static final MethodHandle TREE_DELETE = plain("ts_tree_delete", FunctionDescriptor.ofVoid(POINTER));
    static final MethodHandle ROOT_NODE = quick("ts_tree_root_node", FunctionDescriptor.of(NODE, POINTER));
    static final MethodHandle CURSOR_NEW = quick("ts_tree_cursor_new", FunctionDescriptor.of(CURSOR, NODE));
    static final MethodHandle CURSOR_DELETE = quick("ts_tree_cursor_delete", FunctionDescriptor.ofVoid(POINTER));
    static final MethodHandle FIRST_CHILD =
            quick("ts_tree_cursor_goto_first_child", FunctionDescriptor.of(BOOL, POINTER));
    static final MethodHandle NEXT_SIBLING =
            quick("ts_tree_cursor_goto_next_sibling", FunctionDescriptor.of(BOOL, POINTER));
    static final MethodHandle GO_UP = quick("ts_tree_cursor_goto_parent", FunctionDescriptor.of(BOOL, POINTER));
    static final MethodHandle CURRENT_NODE = quick("ts_tree_cursor_current_node", FunctionDescriptor.of(NODE, POINTER));
    static final MethodHandle CURRENT_FIELD =
            quick("ts_tree_cursor_current_field_id", FunctionDescriptor.of(UINT16, POINTER));
    static final MethodHandle NODE_SYMBOL = quick("ts_node_symbol", FunctionDescriptor.of(UINT16, NODE));
    static final MethodHandle NODE_START = quick("ts_node_start_byte", FunctionDescriptor.of(UINT32, NODE));
    static final MethodHandle NODE_END = quick("ts_node_end_byte", FunctionDescriptor.of(UINT32, NODE));
    static final MethodHandle SYMBOL_COUNT = plain("ts_language_symbol_count", FunctionDescriptor.of(UINT32, POINTER));
    static final MethodHandle SYMBOL_NAME =
            plain("ts_language_symbol_name", FunctionDescriptor.of(POINTER, POINTER, UINT16));
    static final MethodHandle SYMBOL_TYPE =
            plain("ts_language_symbol_type", FunctionDescriptor.of(UINT32, POINTER, UINT16));
    static final MethodHandle FIELD_COUNT = plain("ts_language_field_count", FunctionDescriptor.of(UINT32, POINTER));
    static final MethodHandle FIELD_NAME =
            plain("ts_language_field_name_for_id", FunctionDescriptor.of(POINTER, POINTER, UINT16));

    private TreeSitter() {}

    /** The grammar in the library {@code tree-sitter-NAME}. */
    static MemorySegment language(String name) {
        NativeUtils.loadLib("lib/tree-sitter-" + name);
        MethodHandle make = LINKER.downcallHandle(symbol("tree_sitter_" + name), FunctionDescriptor.of(POINTER));
        try {
            return (MemorySegment) make.invokeExact();
        } catch (Throwable failed) {
            throw unexpected(failed);
        }
    }

    /** A C string that lives for ever. */
    static String text(MemorySegment pointer) {
        return pointer.equals(MemorySegment.NULL)
                ? ""
                : pointer.reinterpret(1 << 10).getString(0);
    }

    /** A native function that calls the method of this name. */
    static MemorySegment callback(
            MethodHandles.Lookup in, Object object, String method, FunctionDescriptor as, Arena arena) {
        try {
            MethodType type = as.toMethodType();
            return LINKER.upcallStub(in.bind(object, method, type), as, arena);
        } catch (NoSuchMethodException | IllegalAccessException missing) {
            throw new IllegalStateException("method = " + method + ": not there", missing);
        }
    }

    /**
     * The same memory without its arena: a call need not hold the arena open meanwhile, which costs as much as the call. Whoever
     * uses it keeps the arena.
     */
    static MemorySegment unchecked(MemorySegment memory) {
        return MemorySegment.ofAddress(memory.address()).reinterpret(memory.byteSize());
    }

    /** Gives out the same memory again and again. */
    static SegmentAllocator again(MemorySegment memory) {
        return (size, alignment) -> memory;
    }

    /** A native function does not throw; a method handle says that it may. */
    static RuntimeException unexpected(Throwable failed) {
        return switch (failed) {
            case Error error -> throw error;
            case RuntimeException runtime -> runtime;
            default -> new IllegalStateException(failed);
        };
    }

    private static SymbolLookup symbols() {
        NativeUtils.loadLib("lib/tree-sitter");
        return SymbolLookup.loaderLookup();
    }

    private static MemorySegment symbol(String name) {
        return SYMBOLS.find(name)
                .orElseThrow(
                        () -> new IllegalStateException("function = " + name + ": not in the library tree-sitter"));
    }

    private static MethodHandle plain(String name, FunctionDescriptor as) {
        return LINKER.downcallHandle(symbol(name), as);
    }

    /** Of a function that returns at once and calls nothing back: the thread's state need not change for it. */
    private static MethodHandle quick(String name, FunctionDescriptor as) {
        return LINKER.downcallHandle(symbol(name), as, Linker.Option.critical(false));
    }
}
