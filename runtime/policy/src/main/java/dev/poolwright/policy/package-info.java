/**
 * The decisions, as plain objects that are told the time.
 *
 * <p>Nothing here knows a clock, a lock or a thread: the simulator feeds these objects virtual time, the lab, the guard
 * and the start-up library feed them real time, and the answers are the same.
 */
@NullMarked
package dev.poolwright.policy;

import org.jspecify.annotations.NullMarked;
