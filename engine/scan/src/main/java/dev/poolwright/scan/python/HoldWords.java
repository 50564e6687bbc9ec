package dev.poolwright.scan.python;

import java.util.Set;

/** Names of calls that tell what becomes of a held connection. */
final class HoldWords {

    static final Set<String> RELEASES = Set.of("commit", "rollback", "close", "aclose", "remove", "reset");
    /** Methods of a session that ask the server for nothing. */
    static final Set<String> LOCAL = Set.of(
            "add",
            "add_all",
            "expunge",
            "expunge_all",
            "expire",
            "expire_all",
            "begin",
            "begin_nested",
            "in_transaction",
            "in_nested_transaction",
            "is_modified",
            "get_bind",
            "get_nested_transaction",
            "get_transaction",
            "no_autoflush",
            "execution_options",
            "add_listener",
            "is_closed",
            "is_active",
            "configure",
            "info",
            "__enter__",
            "__aenter__",
            "setdefault",
            "pop",
            "update",
            "append");

    static final Set<String> LATER = Set.of(
            "create_task",
            "ensure_future",
            "add_task",
            "run_in_executor",
            "submit",
            "delay",
            "apply_async",
            "start_soon",
            "run_coroutine_threadsafe");

    private HoldWords() {}
}
