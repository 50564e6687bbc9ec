package dev.poolwright.files;

import dev.poolwright.files.FleetFile.Difference;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Overlay;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The environments of a fleet file: what each lays over the base, why, and where it can be reached. */
record Environments(
        Map<String, Node> overlays, Map<String, Map<String, URI>> allEndpoints, Map<String, String> reasons) {

    private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss", "postgresql", "mysql");
    private static final Form<URI> URL = new Form<>(
            "a URL with http, https, ws, wss, postgresql or mysql, without user and password", Environments::url);

    static Environments read(Node root, ProblemList problems) {
        Environments read = new Environments(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        if (root instanceof Node.Entries) {
            Section.of("", root, problems).children("environments").forEach(read::add);
        }
        return read;
    }

    private void add(String name, Section section) {
        Map<String, URI> urls = new LinkedHashMap<>();
        Section endpoints = section.child("endpoints");
        for (String endpoint : endpoints.namedNodes().keySet()) {
            endpoints.find(endpoint, URL).ifPresent(url -> urls.put(endpoint, url));
        }
        allEndpoints.put(name, urls);
        section.find("reason", Forms.TEXT).ifPresent(reason -> reasons.put(name, reason));
        Node whole = new Node.Entries(section.written(), section.origin());
        overlays.put(name, Overlay.without(whole, "endpoints", "reason", "because"));
        for (String fixed : List.of("format", "fleet", "environments")) {
            if (section.has(fixed)) {
                section.wrong(
                        fixed, "an environment cannot change this", "", "everything else of the file", "remove it");
            }
        }
    }

    private static URI url(String text) throws Unreadable {
        try {
            URI url = new URI(text);
            if (url.getScheme() == null || !SCHEMES.contains(url.getScheme()) || url.getHost() == null) {
                throw new Unreadable("not a URL", "write for example https://api.example.org");
            }
            if (url.getUserInfo() != null) {
                throw new Unreadable("credentials in a URL", "remove user and password");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new Unreadable("not a URL", "write for example https://api.example.org");
        }
    }

    List<String> names() {
        return List.copyOf(overlays.keySet());
    }

    Node overlay(String name) {
        Node none = Node.Entries.empty(Origin.NONE);
        return overlays.getOrDefault(name, none);
    }

    Map<String, URI> endpoints(String name) {
        return Map.copyOf(allEndpoints.getOrDefault(name, Map.of()));
    }

    List<Difference> differences(Node base, String environment) {
        List<Difference> found = new ArrayList<>();
        collect("", base, overlay(environment), reasons.getOrDefault(environment, ""), found);
        return found;
    }

    private static void collect(String name, Node base, Node over, String around, List<Difference> found) {
        if (!(over instanceof Node.Entries map)) {
            found.add(new Difference(
                    name,
                    base instanceof Node.Entries ? "" : shown(base),
                    shown(over),
                    around,
                    base.origin(),
                    over.origin()));
            return;
        }
        String reason = around;
        for (String remark : List.of("reason", "because")) {
            Node.Entry entry = map.entries().get(remark);
            reason = entry != null && entry.value() instanceof Node.Text text ? text.text() : reason;
        }
        Node nothing = Node.Entries.empty(Origin.NONE);
        for (Map.Entry<String, Node.Entry> entry : map.entries().entrySet()) {
            if (!entry.getKey().equals("reason") && !entry.getKey().equals("because")) {
                Node.Entry below =
                        base instanceof Node.Entries low ? low.entries().get(entry.getKey()) : null;
                collect(
                        name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(),
                        below == null ? nothing : below.value(),
                        entry.getValue().value(),
                        reason,
                        found);
            }
        }
    }

    private static String shown(Node node) {
        if (node instanceof Node.Text text) {
            return text.text();
        }
        return node instanceof Node.Items list
                ? "["
                        + String.join(
                                ", ",
                                list.items().stream().map(Environments::shown).toList()) + "]"
                : "{…}";
    }
}
