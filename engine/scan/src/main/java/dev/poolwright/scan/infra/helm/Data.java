package dev.poolwright.scan.infra.helm;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigNode.Entries;
import dev.poolwright.scan.config.ConfigNode.Items;
import dev.poolwright.scan.config.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What templates compute with: configuration nodes, so that each value keeps the place where it is written. */
final class Data {

    /** Stands in the output where an expression could not be resolved: a private character of Unicode. */
    static final String UNRESOLVED_MARK = "\uF5E0";

    static final ConfigNode NIL = new Scalar("", false, Origin.NONE);
    static final ConfigNode UNRESOLVED = new Scalar(UNRESOLVED_MARK, true, Origin.NONE);

    private static final Set<String> EMPTY = Set.of("", "null", "~", "false", "False", "FALSE", "0", "0.0");

    private Data() {}

    static ConfigNode text(String text) {
        return new Scalar(text, true, Origin.NONE);
    }

    static ConfigNode number(long number) {
        return new Scalar(Long.toString(number), false, Origin.NONE);
    }

    static ConfigNode truth(boolean truth) {
        return new Scalar(Boolean.toString(truth), false, Origin.NONE);
    }

    static boolean unresolved(ConfigNode node) {
        return node instanceof Scalar scalar && scalar.text().contains(UNRESOLVED_MARK);
    }

    static boolean isNil(ConfigNode node) {
        return node instanceof Scalar scalar
                && !scalar.quoted()
                && (scalar.text().isEmpty()
                        || scalar.text().equals("null")
                        || scalar.text().equals("~"));
    }

    /** Whether {@code if} takes it: not nil, false, zero or empty. */
    static boolean holds(ConfigNode node) {
        return switch (node) {
            case Scalar scalar -> scalar.quoted() ? !scalar.text().isEmpty() : !EMPTY.contains(scalar.text());
            case Items items -> !items.items().isEmpty();
            case Entries entries -> !entries.entries().isEmpty();
        };
    }

    /** The text that an action writes. */
    static String written(ConfigNode node) {
        return node instanceof Scalar scalar ? (isNil(node) ? "" : scalar.text()) : UNRESOLVED_MARK;
    }

    static ConfigNode field(ConfigNode node, String name) {
        if (unresolved(node)) {
            return UNRESOLVED;
        }
        return node.at(name).orElse(NIL);
    }

    /** A scalar with another text and the same place. */
    static ConfigNode like(ConfigNode node, String text, boolean quoted) {
        return new Scalar(text, quoted, node instanceof Scalar ? node.origin() : Origin.NONE);
    }

    /** Both maps together, the second winning, as deep as both are maps. */
    static ConfigNode merged(ConfigNode base, ConfigNode over) {
        return merged(base, over, 0);
    }

    private static ConfigNode merged(ConfigNode base, ConfigNode over, int depth) {
        if (!(base instanceof Entries below) || !(over instanceof Entries above) || depth > 50) {
            return isNil(over) && base instanceof Entries ? base : over;
        }
        Map<String, ConfigNode> all = new LinkedHashMap<>(below.entries());
        above.entries().forEach((key, value) -> {
            ConfigNode old = all.get(key);
            all.put(key, old == null ? value : merged(old, value, depth + 1));
        });
        return new Entries(all, below.origin());
    }

    static ConfigNode map(Map<String, ConfigNode> entries) {
        return new Entries(entries, Origin.NONE);
    }

    static ConfigNode list(List<ConfigNode> items) {
        return new Items(items, Origin.NONE);
    }

    /** As YAML, with the place of each scalar as a mark in a comment. */
    static String yaml(ConfigNode node, Marks marks) {
        List<String> lines = new ArrayList<>();
        yaml(node, "", "", marks, lines, 0);
        return String.join("\n", lines);
    }

    private static void yaml(ConfigNode node, String lead, String indent, Marks marks, List<String> lines, int depth) {
        if (depth > 50 || lines.size() > 5_000) {
            return;
        }
        switch (node) {
            case Scalar scalar -> lines.add(lead + scalar(scalar) + marks.of(scalar.origin()));
            case Items items -> {
                if (items.items().isEmpty()) {
                    lines.add(lead + "[]");
                    return;
                }
                String next = open(lead, lines);
                String first = next.isEmpty() ? indent : next;
                for (ConfigNode item : items.items()) {
                    yaml(item, first + "- ", indent + "  ", marks, lines, depth + 1);
                    first = indent;
                }
            }
            case Entries entries -> {
                if (entries.entries().isEmpty()) {
                    lines.add(lead + "{}");
                    return;
                }
                String next = open(lead, lines);
                String first = next.isEmpty() ? indent : next;
                for (Map.Entry<String, ConfigNode> entry : entries.entries().entrySet()) {
                    yaml(entry.getValue(), first + key(entry.getKey()) + ": ", indent + "  ", marks, lines, depth + 1);
                    first = indent;
                }
            }
        }
    }

    /** A key's line ends before what is nested in it; a dash's line goes on. */
    private static String open(String lead, List<String> lines) {
        if (lead.endsWith(": ")) {
            lines.add(lead.stripTrailing());
            return "";
        }
        return lead;
    }

    private static String key(String key) {
        return key.matches("[A-Za-z_][\\w./-]*") ? key : quoted(key);
    }

    private static String scalar(Scalar scalar) {
        if (isNil(scalar)) {
            return "null";
        }
        return !scalar.quoted() && scalar.text().matches("[\\w./+-]+") ? scalar.text() : quoted(scalar.text());
    }

    static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\r", "")
                + '"';
    }
}
