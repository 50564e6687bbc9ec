/**
 * Protection of a connection pool inside the running service: {@link dev.poolwright.guard.Guard#around} wraps any
 * {@code DataSource}.
 *
 * <pre>
 *   caller ─▶ GuardedDataSource ─▶ Breaker, RetryBudget ─▶ Gate ─────────────▶ the pool ─▶ GuardedConnection
 *                                                          │ a connection is free and nobody waits: one compare-and-set
 *                                                          └ else: Admission under one lock; waiting outside of it
 *   Heartbeat ─▶ coarse clock · leaks by time and by floor · follows the pool's size
 * </pre>
 */
@NullMarked
package dev.poolwright.guard;

import org.jspecify.annotations.NullMarked;
