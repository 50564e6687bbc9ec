package dev.poolwright.model.scenario;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.verdict.Link;
import java.util.List;

/**
 * One row of a {@code proof.yaml}: what a fleet is expected to do in a scenario.
 *
 * @param fleet path of the fleet file, relative to the proof
 * @param environment overlay; empty for none
 * @param scenario name of a built-in one, or path of a file
 * @param breaks whether it is expected to break; otherwise it is expected to hold
 * @param chain the stated way to break: these links in this order; empty when it is expected to hold
 * @param owner expected owner of the break in lower case; empty when not said
 */
public record Expectation(
        String fleet,
        String environment,
        String scenario,
        boolean breaks,
        List<Link> chain,
        String owner,
        Origin origin) {

    public Expectation {
        chain = List.copyOf(chain);
    }
}
