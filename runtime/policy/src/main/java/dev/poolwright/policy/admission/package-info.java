/** Who gets a connection next, who waits, and who is refused: decisions that are told the time. */
@NullMarked
package dev.poolwright.policy.admission;

import org.jspecify.annotations.NullMarked;
