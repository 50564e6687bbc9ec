package dev.poolwright.guard;

import java.time.Duration;

/**
 * One connection that is out.
 *
 * @param id names it to {@link Guard#reclaim}
 * @param thread the name of the thread that borrowed it
 * @param held how long, to some 10 ms
 * @param place where it was borrowed, nearest frame first; empty when the place of this borrow was not taken
 */
public record Holder(int id, String thread, Duration held, String place) {}
