package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;

/** One thing that is written in a source tree. Closed: whoever reads facts says what it does with each kind. */
public sealed interface Fact
        permits CodeShape,
                DatabaseUrl,
                DeclaredPath,
                DeclaredPool,
                DeclaredPooler,
                DeclaredServer,
                Deployment,
                IdleSetting,
                LibraryInUse,
                Workers {

    /** The place to show first. */
    Origin origin();

    /** In which part of the tree it stands. */
    Place place();
}
