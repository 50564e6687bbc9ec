package dev.poolwright.scan.infra.helm;

import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigNode.Scalar;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions on text. */
final class Texts {

    private static final Pattern VERB = Pattern.compile("%%|%[-+# 0-9.]*[a-zA-Z]");

    private Texts() {}

    static ConfigNode call(String name, List<ConfigNode> given) {
        ConfigNode last = given.isEmpty() ? Data.NIL : given.getLast();
        if (given.stream().anyMatch(Data::unresolved)) {
            boolean block = name.equals("nindent") || name.equals("indent"); // a bare mark would not be YAML there
            return block ? Data.text("") : Data.UNRESOLVED;
        }
        String text = Data.written(last);
        String first = given.isEmpty() ? "" : Data.written(given.getFirst());
        return switch (name) {
            case "quote" -> Data.like(last, Data.quoted(text), true);
            case "squote" -> Data.like(last, "'" + text.replace("'", "''") + "'", true);
            case "toString", "tostring" -> Data.like(last, text, true);
            case "trim" -> Data.like(last, text.strip(), true);
            case "lower" -> Data.like(last, text.toLowerCase(Locale.ROOT), true);
            case "upper" -> Data.like(last, text.toUpperCase(Locale.ROOT), true);
            case "nospace" -> Data.like(last, text.replaceAll("\\s", ""), true);
            case "trimSuffix" ->
                Data.like(last, text.endsWith(first) ? text.substring(0, text.length() - first.length()) : text, true);
            case "trimPrefix" -> Data.like(last, text.startsWith(first) ? text.substring(first.length()) : text, true);
            case "trunc" -> Data.like(last, cut(text, first), true);
            case "replace" ->
                given.size() < 3
                        ? Data.UNRESOLVED
                        : Data.like(last, text.replace(first, Data.written(given.get(1))), true);
            case "contains" -> Data.truth(text.contains(first));
            case "hasPrefix" -> Data.truth(text.startsWith(first));
            case "hasSuffix" -> Data.truth(text.endsWith(first));
            case "indent" -> Data.text(indented(text, first));
            case "nindent" -> Data.text("\n" + indented(text, first));
            case "print" ->
                Data.text(String.join("", given.stream().map(Data::written).toList()));
            case "printf" -> printed(given);
            case "cat" ->
                Data.text(String.join(" ", given.stream().map(Data::written).toList()));
            case "toJson" -> last instanceof Scalar ? Data.like(last, Data.quoted(text), true) : Data.UNRESOLVED;
            case "b64enc", "b64dec", "sha256sum", "sha1sum" -> Data.text("");
            default -> Data.UNRESOLVED;
        };
    }

    private static String cut(String text, String length) {
        int most = length.matches("\\d{1,6}") ? Integer.parseInt(length) : text.length();
        return text.substring(0, Math.min(most, text.length()));
    }

    private static String indented(String text, String by) {
        String indent = " ".repeat(by.matches("\\d{1,3}") ? Integer.parseInt(by) : 0);
        return indent + text.replace("\n", "\n" + indent);
    }

    /** Each verb takes the next argument as text, which is what charts use it for. */
    private static ConfigNode printed(List<ConfigNode> given) {
        String format = given.isEmpty() ? "" : Data.written(given.getFirst());
        Iterator<ConfigNode> rest = given.stream().skip(1).iterator();
        String printed = VERB.matcher(format).replaceAll(verb -> {
            if (verb.group().equals("%%")) {
                return "%";
            }
            String text = rest.hasNext() ? Data.written(rest.next()) : "";
            return Matcher.quoteReplacement(verb.group().endsWith("q") ? Data.quoted(text) : text);
        });
        ConfigNode only = given.size() == 2 ? given.get(1) : Data.NIL;
        return Data.like(only, printed, true);
    }
}
