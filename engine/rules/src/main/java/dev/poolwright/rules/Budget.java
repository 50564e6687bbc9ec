package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Path;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be planned with: for a server floor((limit − reserved) × plan with) − the buffers of the paths that lead to it −
 * other people's connections; for a path its connections − its buffer.
 *
 * @param available empty when a term is not known; never below 0
 * @param atMost the same once a path has scaled out all the way; as {@code available} for a server
 */
public record Budget(Optional<Range> available, Optional<Range> atMost, List<Term> terms, List<Unsettled> unsettled) {

    public Budget {
        terms = List.copyOf(terms);
        unsettled = List.copyOf(unsettled);
    }

    /** Of a server; {@code paths} lead to it. */
    public static Budget of(Fleet fleet, Server server, Set<String> paths) {
        Server.Limits limits = server.limits();
        List<Term> terms = new ArrayList<>();
        List<Unsettled> unsettled = new ArrayList<>();
        term(terms, unsettled, "max_connections", limits.maxConnections());
        term(terms, unsettled, "reserved", limits.reserved());
        if (limits.planWith().possible().isEmpty()) {
            unsettled.add(Ceiling.missing("plan_with", limits.planWith()));
        }
        List<String> shares = limits.planWith().possible().stream()
                .map(share -> Math.round(share * 100) + " %")
                .toList();
        terms.add(Terms.of(
                "plan_with", String.join(" or ", shares), limits.planWith().origin()));
        Range taken = Range.ZERO;
        for (Path path : fleet.paths().values()) {
            if (paths.contains(path.name()) && path.buffer() > 0) {
                terms.add(Terms.of("buffer of path " + path.name(), path.buffer(), path.origin()));
                taken = taken.plus(Range.exactly(path.buffer()));
            }
        }
        for (var other : limits.others().entrySet()) {
            term(terms, unsettled, "others: " + other.getKey(), other.getValue());
            taken = taken.plus(Range.of(other.getValue()).orElse(Range.ZERO));
        }
        if (!unsettled.isEmpty()) {
            return new Budget(Optional.empty(), Optional.empty(), terms, unsettled);
        }
        List<Long> possible = new ArrayList<>();
        for (int most : limits.maxConnections().possible()) {
            for (int reserved : limits.reserved().possible()) {
                for (double share : limits.planWith().possible()) {
                    long planned = (long) Math.floor((most - reserved) * share + 1e-9);
                    possible.add(Math.max(0, planned - taken.low()));
                    possible.add(Math.max(0, planned - taken.high()));
                }
            }
        }
        Optional<Range> range = Range.of(possible);
        return new Budget(range, range, terms, unsettled);
    }

    /** Of a path; nothing is available, known or not, where the path has no limit: see {@link Path#connections()}. */
    public static Budget of(Path path) {
        List<Term> terms = new ArrayList<>();
        List<Unsettled> unsettled = new ArrayList<>();
        terms.add(Terms.of(
                "connections of " + path.name(),
                path.connections(),
                path.connections().origin()));
        if (path.scale() > 1) {
            terms.add(Terms.of("scales out to", path.scale() + " times, after " + Terms.shown(path.scaleOutDelay())));
        }
        terms.add(Terms.of("buffer of path " + path.name(), path.buffer(), path.origin()));
        if (path.connections().possible().isEmpty()) {
            unsettled.add(Ceiling.missing("connections of " + path.name(), path.connections()));
        }
        return new Budget(carried(path, 1), carried(path, path.scale()), terms, unsettled);
    }

    private static Optional<Range> carried(Path path, int scale) {
        return Range.of(path.connections().possible().stream()
                .filter(Limit::bounded)
                .map(limit -> Math.max(0, limit.count() * scale - path.buffer()))
                .toList());
    }

    private static void term(List<Term> terms, List<Unsettled> unsettled, String name, Value<Integer> value) {
        terms.add(Terms.of(name, value, value.origin()));
        if (value.possible().isEmpty()) {
            unsettled.add(Ceiling.missing(name, value));
        }
    }
}
