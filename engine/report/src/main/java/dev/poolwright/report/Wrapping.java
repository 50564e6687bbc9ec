package dev.poolwright.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks text at blanks so that it fits a width; a single word that is longer stays whole. */
final class Wrapping {

    private Wrapping() {}

    /**
     * @param first what the first line begins with; the lines after it are indented by as much
     * @param width of a line, {@code first} included
     */
    static List<String> lines(String first, String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.strip().split("\\s+", -1)) {
            if (!empty && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(first.length()));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
