package dev.poolwright.model.library;

import dev.poolwright.model.fleet.Limit;
import dev.poolwright.policy.Wait;

/**
 * What a library does where a fleet says nothing.
 *
 * @param library with the versions that the figures are of
 * @param source title of where they were read
 */
public record PoolDefaults(
        String library,
        String versions,
        Limit size,
        Limit overflow,
        int minimumIdle,
        Wait acquireTimeout,
        Wait connectTimeout,
        Limit waiters,
        Wait maxLifetime,
        Wait idleTimeout,
        String source) {}
