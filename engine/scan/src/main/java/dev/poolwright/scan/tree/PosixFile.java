package dev.poolwright.scan.tree;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Opens and reads files by the functions of POSIX. A channel of the Java library costs several times as much for a small file,
 * and blocks where a file has become a named pipe since the tree was walked. Linux only; not safe for several threads.
 */
@SuppressWarnings("restricted") // native functions are what this class is for
final class PosixFile {

    private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");
    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

    /** {@code O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW}, from Linux' {@code fcntl.h} for the processor. */
    private static final int FLAGS = 0x800 | 0x80000 | (ARM ? 0x8000 : 0x20000);

    private static final int BUFFER = 1 << 18;
    private static final int LONGEST_PATH = 1 << 12;

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final MethodHandle OPEN =
            function("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, POINTER, ValueLayout.JAVA_INT));
    private static final MethodHandle READ = function(
            "read", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, POINTER, ValueLayout.JAVA_LONG));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment path = arena.allocate(LONGEST_PATH);
    private final MemorySegment buffer = arena.allocate(BUFFER);

    /** Whether it works on this machine. */
    static boolean isHere() {
        return LINUX && (ARM || System.getProperty("os.arch", "").equals("amd64"));
    }

    /** A file descriptor; negative when the file cannot be opened, or is a link. */
    int open(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= LONGEST_PATH) {
            return -1;
        }
        MemorySegment.copy(bytes, 0, path, ValueLayout.JAVA_BYTE, 0, bytes.length);
        path.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
        try {
            return (int) OPEN.invokeExact(path, FLAGS);
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** How many bytes came into the array from an offset on; 0 at the end, negative when it cannot be read. */
    int read(int file, byte[] into, int from) {
        try {
            int wanted = Math.min(BUFFER, into.length - from);
            int read = (int) (long) READ.invokeExact(file, buffer, (long) wanted);
            if (read > 0) {
                MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, from, read);
            }
            return read;
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    void close(int file) {
        try {
            int ignored = (int) CLOSE.invokeExact(file);
            assert ignored == 0;
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    static MethodHandle function(String name, FunctionDescriptor as) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), as);
    }
}
