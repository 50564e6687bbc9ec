package dev.poolwright.scan.node;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.finding.Masked;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Database URLs: their parts, and their text without its secrets. */
final class NodeUrls {

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>postgres(?:ql)?|mysql|mariadb|cockroachdb)://(?:(?<user>[^:@/]*)(?::(?<password>[^@]*))?@)?"
                    + "(?<host>[^/?#]*)(?:/(?<database>[^?#]*))?(?:\\?(?<query>[^#]*))?.*",
            Pattern.DOTALL);
    private static final Set<String> PLACEHOLDERS = Set.of(
            "postgres",
            "password",
            "pass",
            "changeme",
            "secret",
            "root",
            "example",
            "user",
            "mysql",
            "admin",
            "test",
            "dev",
            "pw");

    private NodeUrls() {}

    /** Without user and password. */
    static String masked(String url) {
        return Masked.text(url.replaceAll("(?i)([?&](password|user)=)[^&]*", "$1***"));
    }

    /** The URL of a pool as its facts show it. */
    static Value<String> masked(Value<Object> url) {
        return switch (url) {
            case Value.Known<Object> known ->
                Value.known(masked(String.valueOf(known.value())), known.origin(), known.trail());
            case Value.OneOf<Object> one ->
                new Value.OneOf<>(
                        one.cases().stream()
                                .map(each -> new Value.Case<>(each.condition(), masked(each.value())))
                                .toList(),
                        one.origin());
            case Value.Unknown<Object> unknown ->
                new Value.Unknown<>(unknown.why(), unknown.settledBy(), unknown.origin());
            case Value.Default<Object> preset ->
                new Value.Default<>(masked(String.valueOf(preset.value())), preset.library(), preset.versions());
            case Value.Between<Object> between -> new Value.Unknown<>("a range of URLs", "the code", between.origin());
        };
    }

    /** The parameters after the question mark; none where there are none or it is not a database URL. */
    static Map<String, String> parameters(String url) {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher matcher = URL.matcher(url);
        if (matcher.matches() && matcher.group("query") != null) {
            for (String pair : matcher.group("query").split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    found.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return found;
    }

    /** The fact of a URL that stands in the text; empty for what is no database URL. */
    static Optional<DatabaseUrl> fact(String url, String usedBy, Place place, Origin origin) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> parameters = new ArrayList<>();
        parameters(url).forEach((key, value) -> {
            if (!key.matches("(?i)password|user|.*(secret|token|key).*")) {
                parameters.add(key + "=" + value);
            }
        });
        return Optional.of(new DatabaseUrl(
                usedBy,
                matcher.group("scheme"),
                known(matcher.group("host")),
                known(matcher.group("database")),
                parameters,
                password(matcher.group("password")),
                "",
                place,
                origin));
    }

    private static String known(String part) {
        return part == null || part.contains("${") ? "" : part;
    }

    private static Password password(String text) {
        if (text == null || text.isEmpty()) {
            return Password.NONE;
        }
        if (text.contains("${") || text.contains("***") || text.startsWith("$")) {
            return Password.REFERENCE;
        }
        boolean ownMachine = PLACEHOLDERS.contains(text.toLowerCase(java.util.Locale.ROOT))
                || text.matches("(?i)[<\\[{].*|x+|\\*+|(your|my)[-_]?.*|.*(password|placeholder|example|changeme).*");
        return ownMachine ? Password.PLACEHOLDER : Password.LITERAL;
    }
}
