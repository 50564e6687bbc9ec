package dev.poolwright.scan.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One instruction of a Dockerfile with the lines that continue it. */
final class DockerLine {

    private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*[\"']?([A-Za-z_][A-Za-z0-9_]{0,60})[\"']?");
    private static final int MOST_HEREDOCS = 20;

    private final ConfigText text;
    private final char escape;
    private final StringBuilder line = new StringBuilder();
    private int[] places = new int[64];

    DockerLine(ConfigText text, char escape) {
        this.text = text;
        this.escape = escape;
    }

    /** Adds a part of the file, one space after what is there already. */
    void append(int from, int to) {
        if (line.length() > 0) {
            add(' ', from);
        }
        for (int at = from; at < to; at++) {
            add(text.text().charAt(at), at);
        }
    }

    private void add(char one, int place) {
        if (line.length() == places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[line.length()] = place;
        line.append(one);
    }

    String name() {
        return line.substring(0, nameEnd()).toUpperCase(Locale.ROOT);
    }

    private int nameEnd() {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private int argumentsStart() {
        int start = nameEnd();
        while (start < line.length() && Character.isWhitespace(line.charAt(start))) {
            start++;
        }
        return start;
    }

    ConfigNode arguments() throws UnreadableConfig {
        int start = argumentsStart();
        return text.scalar(line.substring(start).strip(), false, place(start));
    }

    private int place(int at) {
        return at < line.length() ? places[at] : line.length() == 0 ? 0 : places[line.length() - 1];
    }

    /** The names that end its heredocs, in order. */
    List<String> heredocs() {
        List<String> names = new ArrayList<>();
        if (line.indexOf("<<") >= 0 && List.of("RUN", "COPY", "ADD").contains(name())) {
            Matcher heredoc = HEREDOC.matcher(line);
            while (names.size() < MOST_HEREDOCS && heredoc.find()) {
                names.add(heredoc.group(1));
            }
        }
        return names;
    }

    /** As the shell divides it; commas and brackets of a JSON list divide too. */
    List<ConfigNode> words() throws UnreadableConfig {
        int i = argumentsStart();
        boolean list = i < line.length() && line.charAt(i) == '[';
        List<ConfigNode> words = new ArrayList<>();
        while (i < line.length()) {
            char one = line.charAt(i);
            if (Character.isWhitespace(one) || (list && (one == ',' || one == '[' || one == ']'))) {
                i++;
            } else {
                i = word(words, i, list);
            }
        }
        return words;
    }

    private int word(List<ConfigNode> words, int start, boolean list) throws UnreadableConfig {
        StringBuilder word = new StringBuilder();
        char quote = ' ';
        boolean quoted = false;
        int i = start;
        for (; i < line.length(); i++) {
            char one = line.charAt(i);
            if (one == escape && quote != '\'' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (quote != ' ') {
                quote = one == quote ? ' ' : quote;
                word.append(quote == ' ' ? "" : String.valueOf(one));
            } else if (one == '"' || one == '\'') {
                quote = one;
                quoted = true;
            } else if (Character.isWhitespace(one) || (list && (one == ',' || one == ']'))) {
                break;
            } else {
                word.append(one);
            }
        }
        words.add(text.scalar(word.toString(), quoted, place(start)));
        return i;
    }

    /** {@code a=1 b=2}; the old form {@code a 1 2}; a name alone has no text. */
    static Map<String, ConfigNode> pairs(List<ConfigNode> words) {
        Map<String, ConfigNode> pairs = new LinkedHashMap<>();
        if (words.size() > 1 && words.get(0).text().indexOf('=') < 0) {
            List<String> rest = words.subList(1, words.size()).stream()
                    .map(ConfigNode::text)
                    .toList();
            pairs.put(
                    words.get(0).text(),
                    new ConfigNode.Scalar(
                            String.join(" ", rest), false, words.get(1).origin()));
            return pairs;
        }
        for (ConfigNode word : words) {
            String pair = word.text();
            int sign = pair.indexOf('=');
            String key = sign < 0 ? pair : pair.substring(0, sign);
            pairs.put(key, new ConfigNode.Scalar(sign < 0 ? "" : pair.substring(sign + 1), false, word.origin()));
        }
        return pairs;
    }
}
