package dev.poolwright.model.finding;

import dev.poolwright.model.fleet.Origin;
import java.util.Locale;

/**
 * A finding as plain text: what is wrong, the figures with their places in columns, what to do, and the page that explains
 * it. Lines end with a line feed.
 */
public final class FindingText {

    private FindingText() {}

    public static String of(Finding finding) {
        StringBuilder text = new StringBuilder();
        text.append(finding.code())
                .append(' ')
                .append(finding.severity().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(finding.message())
                .append('\n');
        int names = finding.terms().stream()
                .mapToInt(term -> term.name().length())
                .max()
                .orElse(0);
        int values = finding.terms().stream()
                .filter(term -> !place(term.origin()).isEmpty())
                .mapToInt(term -> term.value().length())
                .max()
                .orElse(0);
        for (Finding.Term term : finding.terms()) {
            String line = "  " + padded(term.name(), names) + " = " + padded(term.value(), values) + "  "
                    + place(term.origin());
            text.append(line.stripTrailing()).append('\n');
        }
        text.append("  do: ").append(finding.fix()).append('\n');
        text.append("  why: docs/rules/").append(finding.code()).append(".md\n");
        return text.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String place(Origin origin) {
        return origin.file().isEmpty() ? "" : origin.line() == 0 ? origin.file() : origin.file() + ":" + origin.line();
    }
}
