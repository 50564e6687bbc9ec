package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import java.util.List;

/**
 * A setting that is written and that nothing reads.
 *
 * @param key as written
 * @param value as written
 * @param library whose setting it is, or is meant to be; empty when it is nobody's
 * @param pool name of the pool that it was meant for; empty when not known
 * @param why nothing reads it, in words
 * @param effective what counts instead, in words; empty when nothing does
 * @param steps the places that show it
 */
public record IdleSetting(
        String key,
        String value,
        String library,
        String pool,
        String why,
        String effective,
        List<Step> steps,
        Place place,
        Origin origin)
        implements Fact {

    public IdleSetting {
        steps = List.copyOf(steps);
    }
}
