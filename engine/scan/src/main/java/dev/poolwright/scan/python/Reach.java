package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a function, or what it calls, does anything that matters to a connection that its caller holds. Safe for several threads. */
final class Reach {

    private static final int MOST_CALLS = 300;

    private final Handles handles;
    private final Map<Key, Boolean> known = new ConcurrentHashMap<>();

    private record Key(SyntaxNode function, int hops) {}

    Reach(Handles handles) {
        this.handles = handles;
    }

    /** Whether it makes a slow call or touches a session within that many hops. */
    boolean matters(PythonFunction function, int hops) {
        Key key = new Key(function.node(), hops);
        Boolean before = known.get(key);
        if (before != null) {
            return before;
        }
        List<SyntaxNode> calls =
                OwnCode.body(function.node(), "call").limit(MOST_CALLS).toList();
        boolean matters = calls.stream().anyMatch(this::matters);
        for (int i = 0; i < calls.size() && !matters && hops > 1; i++) {
            Optional<PythonFunction> next = calls.get(i).child("function").flatMap(handles::target);
            matters = next.isPresent() && next.get() != function && matters(next.get(), hops - 1);
        }
        known.put(key, matters);
        return matters;
    }

    private boolean matters(SyntaxNode call) {
        return handles.slow().of(call).isPresent()
                || handles.of(call).filter(this::opens).isPresent()
                || call.child("function")
                        .flatMap(called -> called.child("object"))
                        .flatMap(handles::of)
                        .filter(Handle::holds)
                        .isPresent();
    }

    private boolean opens(Handle handle) {
        return handle.holds() || handle.is(Handle.Kind.CONTEXT, Handle.Kind.GENERATOR);
    }
}
