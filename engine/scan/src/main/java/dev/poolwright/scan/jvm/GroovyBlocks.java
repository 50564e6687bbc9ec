package dev.poolwright.scan.jvm;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Groovy configuration as settings: {@code name { … }} is a level, {@code name = value} a setting with a literal value. What is
 * more than that is skipped: nothing is run. Everything between {@code environments { production { … }}} counts in that
 * environment only.
 */
final class GroovyBlocks {

    private static final Pattern BLOCK = Pattern.compile("(?:['\"]?([\\w.*-]+)['\"]?)\\s*(?:=\\s*\\w*\\s*)?\\{");
    private static final Pattern ASSIGNMENT = Pattern.compile("['\"]?([A-Za-z_][\\w.]*)['\"]?\\s*=(?!=)\\s*(.+)");
    private static final Pattern LITERAL = Pattern.compile("(-?\\d[\\d_]*)[lLgG]?|(true|false)|'([^']*)'|\"([^\"]*)\"");
    private static final int MOST = 10_000;
    private static final int DEEPEST = 64;

    private final SourceFile file;
    private final SourceText text;
    private final List<Setting> settings = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();

    private GroovyBlocks(SourceFile file, SourceText text) {
        this.file = file;
        this.text = text;
    }

    static List<Setting> of(SourceFile file, SourceText text) {
        GroovyBlocks blocks = new GroovyBlocks(file, text);
        blocks.read();
        return blocks.settings;
    }

    private void read() {
        boolean comment = false;
        int number = 0;
        for (String line : text.text().split("\n", -1)) {
            number++;
            String code = line;
            if (comment) {
                int end = code.indexOf("*/");
                if (end < 0) {
                    continue;
                }
                code = code.substring(end + 2);
                comment = false;
            }
            int start = code.indexOf("/*");
            if (start >= 0 && !quoted(code, start)) {
                int end = code.indexOf("*/", start + 2);
                comment = end < 0;
                code = code.substring(0, start) + (end < 0 ? "" : code.substring(end + 2));
            }
            line(withoutComment(code), line, number);
        }
    }

    private void line(String code, String whole, int number) {
        String rest = code;
        for (int i = 0; i < DEEPEST && !rest.isBlank() && settings.size() < MOST; i++) {
            String trimmed = rest.strip();
            Matcher block = BLOCK.matcher(trimmed);
            if (trimmed.startsWith("}")) {
                open.pollLast();
                rest = trimmed.substring(1);
            } else if (block.lookingAt()) {
                open.addLast(block.group(1));
                rest = trimmed.substring(block.end());
            } else {
                rest = statement(trimmed, whole, number);
            }
        }
    }

    /** Takes one statement and gives what is left of the line. */
    private String statement(String code, String whole, int number) {
        Matcher assignment = ASSIGNMENT.matcher(code);
        Matcher literal = assignment.lookingAt() ? LITERAL.matcher(assignment.group(2)) : LITERAL.matcher("");
        if (assignment.lookingAt() && literal.lookingAt()) {
            String rest = assignment.group(2).substring(literal.end()).strip();
            if (rest.isEmpty() || rest.startsWith("}") || rest.startsWith(";")) {
                add(assignment.group(1), value(literal), whole, number);
                return rest.startsWith(";") ? rest.substring(1) : rest;
            }
        }
        if (assignment.lookingAt() && !assignment.group(2).contains("{")) {
            add(
                    assignment.group(1),
                    "${" + assignment.group(2).replaceAll("[{}$:]", " ").strip() + "}",
                    whole,
                    number);
        }
        int opened = (int) code.chars().filter(one -> one == '{').count();
        int closed = (int) code.chars().filter(one -> one == '}').count();
        for (int i = closed; i < opened && open.size() < DEEPEST; i++) {
            open.addLast("");
        }
        for (int i = opened; i < closed; i++) {
            open.pollLast();
        }
        return "";
    }

    private static String value(Matcher literal) {
        if (literal.group(1) != null) {
            return literal.group(1).replace("_", "");
        }
        for (int group = 2; group <= 4; group++) {
            if (literal.group(group) != null) {
                return literal.group(group);
            }
        }
        return "";
    }

    private void add(String name, String value, String whole, int number) {
        List<String> path = new ArrayList<>(open);
        if (path.contains("")) {
            return;
        }
        String profile = "";
        if (path.size() > 1 && path.get(0).equals("environments")) {
            profile = path.get(1);
            path = path.subList(2, path.size());
        }
        String key = path.isEmpty() ? name : String.join(".", path) + "." + name;
        Origin origin = new Origin(file.name(), number, Math.max(1, whole.indexOf(name) + 1));
        settings.add(new Setting(key, value, profile, file, origin));
    }

    private static String withoutComment(String code) {
        int at = code.indexOf("//");
        while (at >= 0 && (quoted(code, at) || (at > 0 && code.charAt(at - 1) == ':'))) {
            at = code.indexOf("//", at + 2);
        }
        return at < 0 ? code : code.substring(0, at);
    }

    private static boolean quoted(String code, int at) {
        long single = code.substring(0, at).chars().filter(one -> one == '\'').count();
        long both = code.substring(0, at).chars().filter(one -> one == '"').count();
        return single % 2 == 1 || both % 2 == 1;
    }
}
