package dev.poolwright.model.library;

/**
 * A written value that a pool replaces without failing, or refuses at start.
 *
 * @param setting in the library's own spelling
 * @param written as written, in the library's unit
 * @param effective what the pool does instead; the library's own message when it throws
 * @param why the library's rule
 * @param throwsAtStart whether the library throws instead of correcting
 */
public record Correction(String setting, String written, String effective, String why, boolean throwsAtStart) {}
