package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A deployable as a manifest states it.
 *
 * @param name as the manifest names it
 * @param kind {@code kubernetes}, {@code helm}, {@code compose}, {@code cloud-run}, {@code terraform}, …
 * @param environment {@code production}, {@code staging}, … where the file says so by its name or folder; else empty
 * @param source folder of the code that it runs, relative to the root of the tree, where the manifest says so; else empty
 * @param image as written, without tag; empty when there is none
 * @param instances how many run
 * @param variables environment variables that it sets, secrets masked
 * @param command the words with which it starts; empty when it leaves them to the image
 * @param requestTimeout after which the platform gives a request up; unknown when not said
 */
public record Deployment(
        String name,
        String kind,
        String environment,
        String source,
        String image,
        Instances instances,
        Map<String, Value<String>> variables,
        List<String> command,
        Value<Duration> requestTimeout,
        Place place,
        Origin origin)
        implements Fact {

    public Deployment {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        command = List.copyOf(command);
    }
}
