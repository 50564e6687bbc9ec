package dev.poolwright.rules;

import dev.poolwright.model.fleet.Origin;

/** A term that is not known, and what would settle it. */
public record Unsettled(String name, String why, String settledBy, Origin origin) {}
