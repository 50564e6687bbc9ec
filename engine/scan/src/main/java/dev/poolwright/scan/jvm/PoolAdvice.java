package dev.poolwright.scan.jvm;

import dev.poolwright.scan.jvm.pool.PoolKind;

/** What counts in place of a key that a pool does not have. */
final class PoolAdvice {

    private PoolAdvice() {}

    /** In words: the key of this pool that was meant, where one is near; its default counts. */
    static String instead(PoolKind kind, String key) {
        String same = kind.sameAs(key);
        return same.isEmpty()
                ? "the defaults of " + kind.title()
                : "the default of " + same + ", the key of " + kind.title() + " for it";
    }
}
