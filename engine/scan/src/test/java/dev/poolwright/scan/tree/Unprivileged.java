package dev.poolwright.scan.tree;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;

/**
 * Makes the file system treat the calling thread, and the threads it starts, as an ordinary user for one piece of work,
 * because permissions do not bind root. Does nothing for who is an ordinary user already. {@code setfsuid(2)}: Linux, a thread at a
 * time; giving up user 0 gives up the right to pass over permissions with it.
 */
@SuppressWarnings("restricted") // a system call is what this class is for
final class Unprivileged {

    private static final int NOBODY = 65534;
    private static final MethodHandle SET = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("setfsuid"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private Unprivileged() {}

    /** What the work gives, done as an ordinary user. */
    static <T> T call(Callable<T> work) throws Exception {
        int before = set(NOBODY);
        try {
            return work.call();
        } finally {
            set(before);
        }
    }

    /** The user before; the kernel leaves things as they are, in silence, for who may not change. */
    private static int set(int user) {
        try {
            return (int) SET.invokeExact(user);
        } catch (Throwable failed) {
            throw new AssertionError("setfsuid could not be called", failed);
        }
    }
}
