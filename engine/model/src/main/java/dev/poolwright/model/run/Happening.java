package dev.poolwright.model.run;

import dev.poolwright.model.verdict.Link;

/**
 * Something of the closed vocabulary that happened, once or often.
 *
 * @param firstNanos first time, from the begin of the run
 * @param lastNanos last time
 * @param count how often
 * @param detail the figures of the first time, for people
 */
public record Happening(Link link, long firstNanos, long lastNanos, long count, String detail) {}
