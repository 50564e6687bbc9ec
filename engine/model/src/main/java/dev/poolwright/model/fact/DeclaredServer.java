package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;

/**
 * A database server as a manifest states it.
 *
 * @param name as the manifest names it; also its host name inside Compose or Kubernetes
 * @param engine {@code postgresql} or {@code mysql}
 * @param version as written; empty when not said
 * @param tier managed tier or instance class as written ({@code db-g1-small}); empty when there is none
 * @param maxConnections its limit; unknown when not said
 */
public record DeclaredServer(
        String name,
        String engine,
        String version,
        String tier,
        Value<Integer> maxConnections,
        Place place,
        Origin origin)
        implements Fact {}
