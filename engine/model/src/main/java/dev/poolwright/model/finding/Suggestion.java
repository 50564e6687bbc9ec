package dev.poolwright.model.finding;

import dev.poolwright.model.fleet.Origin;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A suggested edit of one line.
 *
 * @param place file and line to edit
 * @param remove pattern of the text to replace; it must be found exactly once on the line, else nothing is suggested
 * @param insert what comes in its place; may be empty
 */
public record Suggestion(Origin place, String remove, String insert) {

    public static final Suggestion NONE = new Suggestion(Origin.NONE, "", "");

    /** The edit as a unified diff; empty where the line is not there or does not read as expected. */
    public String diff(List<String> lines) {
        int line = place.line();
        if (equals(NONE) || line < 1 || line > lines.size()) {
            return "";
        }
        String before = lines.get(line - 1);
        Matcher matcher = Pattern.compile(remove).matcher(before);
        if (!matcher.find()) {
            return "";
        }
        String after = before.substring(0, matcher.start()) + insert + before.substring(matcher.end());
        if (matcher.find()) {
            return "";
        }
        boolean gone = after.isBlank();
        String head = "--- a/" + place.file() + "\n+++ b/" + place.file() + "\n@@ -" + line + ",1 +"
                + (gone ? line - 1 + ",0" : line + ",1") + " @@\n";
        return head + "-" + before + "\n" + (gone ? "" : "+" + after.stripTrailing() + "\n");
    }
}
