package dev.poolwright.report;

import dev.poolwright.model.fleet.Origin;
import java.util.List;
import java.util.Optional;

/** Where reports get the line of source that a finding points at. */
@FunctionalInterface
public interface Excerpts {

    /** For reports without sources. */
    Excerpts NONE = origin -> Optional.empty();

    /** The line, without its end; empty when it cannot be had. It may hold secrets: reports mask it. */
    Optional<String> line(Origin origin);

    /** All lines of a file; none when they cannot be had. */
    default List<String> lines(String file) {
        return List.of();
    }
}
