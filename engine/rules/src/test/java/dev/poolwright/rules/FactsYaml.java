package dev.poolwright.rules;

import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.YamlReader;
import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.Coverage;
import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DeclaredPath;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredPooler;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Facts as a recorded file writes them: {@code facts: [{pool: …}, {shape: …}]}, each with {@code at: file:line}. */
final class FactsYaml {

    private final Map<String, Node.Entry> entries;

    private FactsYaml(Node node) {
        this.entries = ((Node.Entries) node).entries();
    }

    static boolean is(String text) {
        return text.startsWith("facts:");
    }

    static Facts read(String text) {
        Node root = YamlReader.read("facts.yaml", text, new ProblemList()).orElseThrow();
        List<Fact> facts = new ArrayList<>();
        for (Node one : new FactsYaml(root).items("facts")) {
            ((Node.Entries) one).entries().forEach((kind, entry) -> facts.add(new FactsYaml(entry.value()).fact(kind)));
        }
        return new Facts(facts, Coverage.NONE);
    }

    private Fact fact(String kind) {
        return switch (kind) {
            case "shape" ->
                new CodeShape(
                        CodeShape.Shape.valueOf(text("shape")),
                        text("subject"),
                        text("what"),
                        text("pool"),
                        !text("certain").equals("false"),
                        steps(),
                        place(),
                        origin());
            case "pool" ->
                new DeclaredPool(
                        text("name"),
                        new Stack(text("runtime"), text("library"), text("version"), text("driver"), origin()),
                        has("kind") ? value("kind") : Value.known("", Origin.NONE),
                        settings(),
                        has("url") ? value("url") : Value.unknown("not in the source", "the URL"),
                        DeclaredPool.Scope.valueOf(has("scope") ? text("scope") : "PROCESS"),
                        place(),
                        origin());
            case "url" ->
                new DatabaseUrl(
                        text("used_by"),
                        text("scheme"),
                        text("host"),
                        text("database"),
                        has("parameters") ? List.of(text("parameters").split(" ", -1)) : List.of(),
                        DatabaseUrl.Password.valueOf(has("password") ? text("password") : "NONE"),
                        text("environment"),
                        place(),
                        origin(),
                        has("password_at") ? origin("password_at") : origin());
            case "idle" ->
                new IdleSetting(
                        text("key"),
                        text("value"),
                        text("library"),
                        text("pool"),
                        text("why"),
                        text("effective"),
                        steps(),
                        place(),
                        origin());
            case "workers" ->
                new Workers(
                        text("service"),
                        text("server"),
                        number("processes"),
                        has("threads")
                                ? Value.known(Limit.atMost(Long.parseLong(text("threads"))), origin())
                                : Value.unknown("not said", "the start command"),
                        text("asgi").equals("true"),
                        text("preload").equals("true"),
                        place(),
                        origin());
            case "server" ->
                new DeclaredServer(
                        text("name"),
                        text("engine"),
                        text("version"),
                        text("tier"),
                        number("max_connections"),
                        place(),
                        origin());
            case "path" -> new DeclaredPath(text("name"), text("kind"), settings(), place(), origin());
            case "pooler" -> new DeclaredPooler(text("name"), text("version"), settings(), place(), origin());
            case "deployment" -> deployment();
            default -> throw new IllegalArgumentException("fact = " + kind + ": there is none of that kind");
        };
    }

    private Fact deployment() {
        Service.Instances instances = new Service.Instances(
                number("instances"),
                number("instances"),
                Value.known(new Surge(has("surge") ? Integer.parseInt(text("surge")) : 0, 0), origin()),
                Rollout.ROLLING,
                "");
        return new Deployment(
                text("name"),
                has("kind") ? text("kind") : "kubernetes",
                text("environment"),
                text("source"),
                text("image"),
                instances,
                Map.of(),
                has("command") ? List.of(text("command").split(" ", -1)) : List.of(),
                Value.unknown("not said", "the manifest"),
                place(),
                origin());
    }

    private Map<String, Value<Object>> settings() {
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        if (has("settings")) {
            new FactsYaml(node("settings")).entries.forEach((key, entry) -> {
                String text = ((Node.Text) entry.value()).text();
                Object value = text.matches("-?\\d+")
                        ? (Object) Long.valueOf(text)
                        : text.matches("true|false") ? (Object) Boolean.valueOf(text) : text;
                settings.put(key, Value.known(value, origin()));
            });
        }
        return settings;
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Node one : items("steps")) {
            FactsYaml step = new FactsYaml(one);
            steps.add(new Step(step.text("what"), step.origin()));
        }
        return steps;
    }

    private Value<String> value(String key) {
        return Value.known(text(key), origin());
    }

    private Value<Integer> number(String key) {
        return has(key)
                ? Value.known(Integer.valueOf(text(key)), origin())
                : Value.unknown("not said", key + ": in the manifest");
    }

    private Place place() {
        return has("place") ? Place.valueOf(text("place").toUpperCase(Locale.ROOT)) : Place.MAIN;
    }

    private Origin origin() {
        return origin("at");
    }

    private Origin origin(String key) {
        String at = text(key);
        int colon = at.lastIndexOf(':');
        return new Origin(
                at.substring(0, colon),
                Integer.parseInt(at.substring(colon + 1)),
                has("column") ? Integer.parseInt(text("column")) : 0);
    }

    private boolean has(String key) {
        return entries.containsKey(key);
    }

    private Node node(String key) {
        Node.Entry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return entry.value();
    }

    private String text(String key) {
        return has(key) ? ((Node.Text) node(key)).text() : "";
    }

    private List<Node> items(String key) {
        return has(key) ? ((Node.Items) node(key)).items() : List.of();
    }
}
