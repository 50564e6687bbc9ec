package dev.poolwright.guard;

/**
 * A class of callers, for example health checks, interactive work, batches.
 *
 * @param name what {@link Guard#dataSource(String)} asks for
 * @param reserved connections set aside for it; 0 for none
 * @param waiters how many of it may wait; 0 refuses at once
 */
public record CallerClass(String name, int reserved, int waiters) {}
