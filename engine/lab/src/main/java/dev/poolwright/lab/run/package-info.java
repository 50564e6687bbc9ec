/**
 * A plan executed on real parts: real pools, real sockets, a real PostgreSQL, real processes that exit with 3.
 *
 * <pre>
 *   Generator ──op──▶ Ingress ──▶ Instance (in this process, or a process of its own)
 *   (the plan's         │             │ borrow, hold, give back
 *    arrivals)          │             ▼
 *                     503 if      path proxy ──▶ PostgreSQL
 *                    none ready
 *   Sampler reads levels, Timeline applies faults, Tally counts outcomes, Happenings notes the vocabulary.
 * </pre>
 */
@NullMarked
package dev.poolwright.lab.run;

import org.jspecify.annotations.NullMarked;
