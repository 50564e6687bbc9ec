package dev.poolwright.files;

import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Nearest;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Load;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Server;
import dev.poolwright.model.fleet.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scenario needs of a fleet, looked up. The kinds are taken together: the first load whose service, pool, path and
 * server are all as needed gives all the names, so that a scenario's path is one that its service really uses. A neighbour is a
 * load of another service on the same server, as {@code service/load}.
 */
final class Needs {

    static final List<String> KINDS = List.of("service", "load", "pool", "path", "server", "neighbour");

    private static final String ANY = "any";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$([a-z]+)");

    private final Map<String, String> bound;

    private Needs(Map<String, String> bound) {
        this.bound = bound;
    }

    /** Kind to name, for the kinds that the scenario needs. */
    Map<String, String> bound() {
        return bound;
    }

    static Needs of(Node tree, Fleet fleet, ProblemList problems) {
        Section section = Section.of("", tree, problems).child("needs");
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String kind : KINDS) {
            section.find(kind, Forms.NAME_OF_ITS_OWN).ifPresent(name -> wanted.put(kind, name));
        }
        section.done();
        List<Map<String, String>> candidates = candidates(fleet);
        boolean allThere = true;
        for (Map.Entry<String, String> want : wanted.entrySet()) {
            allThere &= isThere(want, candidates, section, problems);
        }
        Optional<Map<String, String>> first = candidates.stream()
                .filter(one -> wanted.entrySet().stream().allMatch(want -> meets(one, want)))
                .findFirst();
        if (allThere && first.isEmpty() && !wanted.isEmpty()) {
            problems.add(new Problem(
                    "the fleet has no load that uses all of this together",
                    "needs",
                    wanted.toString(),
                    section.origin(),
                    "one of " + candidates,
                    "name others"));
        }
        Map<String, String> bound = new LinkedHashMap<>();
        wanted.keySet()
                .forEach(kind -> bound.put(
                        kind, first.map(one -> one.getOrDefault(kind, "")).orElse("")));
        return new Needs(bound);
    }

    private static boolean isThere(
            Map.Entry<String, String> want,
            List<Map<String, String>> candidates,
            Section section,
            ProblemList problems) {
        if (candidates.stream().anyMatch(one -> meets(one, want))) {
            return true;
        }
        Collection<String> has = new LinkedHashSet<>();
        candidates.forEach(one -> has.add(one.getOrDefault(want.getKey(), "")));
        has.remove("");
        problems.add(new Problem(
                "the scenario needs what the fleet does not have",
                "needs." + want.getKey(),
                want.getValue(),
                section.originOf(want.getKey()),
                has.isEmpty() ? "nothing: no service of the fleet has a " + want.getKey() : String.join(", ", has),
                Nearest.hint(want.getValue(), has)));
        return false;
    }

    private static boolean meets(Map<String, String> candidate, Map.Entry<String, String> want) {
        String name = candidate.getOrDefault(want.getKey(), "");
        return !name.isEmpty()
                && (want.getValue().equals(ANY) || want.getValue().equals(name));
    }

    private static List<Map<String, String>> candidates(Fleet fleet) {
        List<Map<String, String>> candidates = new ArrayList<>();
        for (Service service : fleet.services().values()) {
            for (Load load : service.loads().values()) {
                Pool pool = service.pools().get(load.pool());
                if (pool != null) {
                    candidates.add(candidate(fleet, service, load.name(), pool));
                }
            }
            for (Pool pool : service.pools().values()) {
                candidates.add(candidate(fleet, service, "", pool));
            }
        }
        return candidates;
    }

    private static Map<String, String> candidate(Fleet fleet, Service service, String load, Pool pool) {
        Map<String, String> candidate = new LinkedHashMap<>();
        candidate.put("service", service.name());
        candidate.put("load", load);
        candidate.put("pool", pool.name());
        candidate.put("path", pool.path());
        String server = fleet.serverOf(pool.target()).map(Server::name).orElse("");
        candidate.put("server", server);
        candidate.put("neighbour", neighbour(fleet, service, server));
        return candidate;
    }

    private static String neighbour(Fleet fleet, Service service, String server) {
        for (Service other : fleet.services().values()) {
            for (Load load : other.loads().values()) {
                Pool pool = other.pools().get(load.pool());
                boolean beside = pool != null
                        && fleet.serverOf(pool.target())
                                .filter(one -> one.name().equals(server))
                                .isPresent();
                if (beside && !other.name().equals(service.name())) {
                    return other.name() + "/" + load.name();
                }
            }
        }
        return "";
    }

    /** The tree with every placeholder replaced, in keys and in values. */
    Node fill(Node node, ProblemList problems) {
        if (node instanceof Node.Text text) {
            return new Node.Text(filled(text.text(), text, problems), text.absent(), text.origin());
        }
        if (node instanceof Node.Items list) {
            return new Node.Items(
                    list.items().stream().map(item -> fill(item, problems)).toList(), list.origin());
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        ((Node.Entries) node)
                .entries()
                .forEach((key, entry) -> entries.put(
                        filled(key, new Node.Text(key, false, entry.key()), problems),
                        new Node.Entry(
                                entry.key(), key.equals("about") ? entry.value() : fill(entry.value(), problems))));
        return new Node.Entries(entries, node.origin());
    }

    private String filled(String text, Node.Text place, ProblemList problems) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String name = bound.get(match.group(1));
            if (name == null) {
                problems.add(new Problem(
                        "a placeholder that needs: does not name",
                        "",
                        match.group(),
                        place.origin(),
                        bound.isEmpty() ? "" : "$" + String.join(", $", bound.keySet()),
                        KINDS.contains(match.group(1)) ? "add " + match.group(1) + ": any to needs" : ""));
                return Matcher.quoteReplacement(match.group());
            }
            return Matcher.quoteReplacement(name);
        });
    }
}
