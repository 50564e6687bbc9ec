package dev.poolwright.model.scenario;

import dev.poolwright.model.fleet.Objective;
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
 * @param figures what must be seen in every run beside the verdict; part of the stated way to break
 * @param cycle the shortest cycle that it belongs to
 */
public record Expectation(
        String fleet,
        String environment,
        String scenario,
        boolean breaks,
        List<Link> chain,
        String owner,
        List<Objective> figures,
        Cycle cycle,
        Origin origin) {

    public Expectation {
        chain = List.copyOf(chain);
        figures = List.copyOf(figures);
    }

    /** Without figures, of the shortest cycle. */
    public Expectation(
            String fleet,
            String environment,
            String scenario,
            boolean breaks,
            List<Link> chain,
            String owner,
            Origin origin) {
        this(fleet, environment, scenario, breaks, chain, owner, List.of(), Cycle.MINUTES_2, origin);
    }

    /** The same in an environment of the fleet. */
    public Expectation in(String overlay) {
        return new Expectation(fleet, overlay, scenario, breaks, chain, owner, figures, cycle, origin);
    }

    /** How often something is proven, by how long that may take. A longer cycle has all that a shorter one has. */
    public enum Cycle {
        /** At each change; scaled where the plan's times allow it. */
        MINUTES_2("2m"),
        /** Before a merge: also what is worth measuring at its stated times. */
        MINUTES_15("15m"),
        /** Each night. */
        MINUTES_60("60m");

        private final String word;

        Cycle(String word) {
            this.word = word;
        }

        /** The word in files and on the command line. */
        public String word() {
            return word;
        }
    }
}
