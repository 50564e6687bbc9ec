package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;

/**
 * A library that a part of the tree depends on.
 *
 * @param folder of the program that depends on it, relative to the root of the tree; empty for the root
 * @param name the library's name in this project, for example {@code sqlalchemy}, {@code hikaricp}, {@code django}
 * @param version lowest that is allowed, or the one that is locked; empty when not said
 * @param exact whether {@code version} is the one that is used
 */
public record LibraryInUse(String folder, String name, String version, boolean exact, Place place, Origin origin)
        implements Fact {}
