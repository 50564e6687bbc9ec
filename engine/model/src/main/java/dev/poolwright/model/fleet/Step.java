package dev.poolwright.model.fleet;

/**
 * One step of how a value was resolved, or of what led to a fact, in reading order.
 *
 * @param what in words, for example {@code session from Depends(get_db)}
 * @param origin where it stands
 */
public record Step(String what, Origin origin) {}
