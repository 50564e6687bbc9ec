package dev.poolwright.scan.infra;

import dev.poolwright.model.fact.DeclaredPooler;
import dev.poolwright.model.fact.DeclaredServer;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of {@code pgbouncer.ini} and {@code postgresql.conf}, as files or as entries of config maps. */
final class ConfigFiles {

    private static final Pattern SETTING = Pattern.compile("\\s*([A-Za-z_][\\w.*-]*)\\s*[= ]\\s*(.*)");
    private static final Pattern PART = Pattern.compile("(\\w+)\\s*=\\s*('[^']*'|\\S+)");
    private static final int MOST_LINES = 20_000;

    private ConfigFiles() {}

    static void ofConfigMap(ConfigNode object, Manifest manifest, Consumer<Fact> facts) {
        String name = manifest.text(object, "metadata", "name");
        object.entries("data").forEach((key, value) -> {
            if (value instanceof ConfigNode.Scalar scalar && scalar.text().contains("\n")) {
                // a block of text begins on the line after its key
                Origin origin = new Origin(value.origin().file(), value.origin().line() + 1, 0);
                if (key.endsWith("pgbouncer.ini")) {
                    facts.accept(pooler(name, scalar.text(), manifest.place(), origin));
                } else if (key.endsWith("postgresql.conf")) {
                    server(name, "postgresql", scalar.text(), manifest.place(), origin, facts);
                }
            }
        });
    }

    /** @param first place of the first line */
    static DeclaredPooler pooler(String name, String text, Place place, Origin first) {
        Map<String, Value<Object>> settings = new LinkedHashMap<>();
        String section = "";
        int number = 0;
        for (String line : lines(text)) {
            Origin origin = new Origin(first.file(), first.line() + number++, 1);
            String plain = line.strip();
            Matcher setting = SETTING.matcher(plain);
            boolean comment = plain.startsWith(";") || plain.startsWith("#");
            if (plain.startsWith("[")) {
                section = plain.replaceAll("[\\[\\]]", "").strip();
            } else if (!comment && setting.matches() && section.equals("pgbouncer")) {
                String key = setting.group(1);
                Value<String> value =
                        Value.known(Secrets.masked(key, setting.group(2).strip()), origin);
                settings.put(key, Values.setting(value));
            } else if (!comment && setting.matches() && section.equals("databases")) {
                database(setting.group(2), origin, settings);
            }
        }
        return new DeclaredPooler(name, "", settings, place, first);
    }

    /** A line of {@code [databases]}: its host tells what is behind the pooler; its own pool settings count before the common ones. */
    private static void database(String text, Origin origin, Map<String, Value<Object>> settings) {
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String value = part.group(2).replace("'", "");
            switch (part.group(1)) {
                case "host" -> settings.putIfAbsent("host", Value.known(value, origin));
                case "pool_size" -> settings.put("default_pool_size", Values.setting(Value.known(value, origin)));
                case "pool_mode", "reserve_pool", "max_db_connections" ->
                    settings.put(part.group(1), Values.setting(Value.known(value, origin)));
                default -> {}
            }
        }
    }

    /** A server whose configuration says {@code max_connections}; nothing where it does not. */
    static void server(String name, String engine, String text, Place place, Origin first, Consumer<Fact> facts) {
        Value<Integer> limit = maxConnections(text, first);
        if (!limit.possible().isEmpty()) {
            facts.accept(new DeclaredServer(name, engine, "", "", limit, place, limit.origin()));
        }
    }

    static Value<Integer> maxConnections(String text, Origin first) {
        int number = 0;
        Value<Integer> limit = Value.unknown("not written", "max_connections");
        for (String line : lines(text)) {
            Origin origin = new Origin(first.file(), first.line() + number++, 1);
            Matcher setting = SETTING.matcher(line.replaceFirst("#.*$", "").strip());
            if (setting.matches() && setting.group(1).replace('-', '_').equals("max_connections")) {
                limit = Values.integer(
                        Value.known(setting.group(2).replace("'", "").strip(), origin));
            }
        }
        return limit;
    }

    private static List<String> lines(String text) {
        return text.lines().limit(MOST_LINES).toList();
    }
}
