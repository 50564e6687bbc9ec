package dev.poolwright.cli;

import dev.poolwright.model.finding.Accepted;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Findings that a comment accepts, on the line that the finding points at or on the line above it:
 *
 * <pre>{@code # poolwright: accept PW042 because the call stays on this host}</pre>
 *
 * <p>A comment without a reason accepts nothing and says so.
 */
final class Comments {

    private static final Pattern ACCEPT =
            Pattern.compile("poolwright:\\s*accept\\s+(PW\\d{3}(?:\\s*,\\s*PW\\d{3})*)\\s*(?:because\\s+(.*))?");

    private final Sources sources;

    Comments(Sources sources) {
        this.sources = sources;
    }

    /** Splits findings into those that stand and those that are accepted, which are added to {@code accepted}. */
    List<Finding> standing(List<Finding> findings, List<Accepted> accepted) {
        List<Finding> standing = new ArrayList<>();
        for (Finding finding : findings) {
            Optional<String> reason = reason(finding);
            if (reason.isEmpty()) {
                standing.add(finding);
            } else if (reason.get().isBlank()) {
                standing.add(withoutReason(finding));
            } else {
                accepted.add(new Accepted(finding, Accepted.By.COMMENT, reason.get()));
            }
        }
        return standing;
    }

    private Optional<String> reason(Finding finding) {
        int line = finding.origin().line();
        for (int number = line; number >= line - 1; number--) {
            String text = sources.line(finding.origin().file(), number).orElse("");
            Matcher matcher = ACCEPT.matcher(text);
            if (matcher.find() && matcher.group(1).contains(finding.code())) {
                String reason = matcher.group(2);
                return Optional.of(
                        reason == null
                                ? ""
                                : reason.replaceAll("\\s*(\\*/|-->|#\\}|\\}\\})\\s*$", "")
                                        .strip());
            }
        }
        return Optional.empty();
    }

    private static Finding withoutReason(Finding finding) {
        return new Finding(
                finding.code(),
                finding.severity(),
                finding.message(),
                finding.subject(),
                finding.terms(),
                finding.fix() + "; the comment that accepts it gives no reason: end it with `because ...`",
                finding.origin());
    }

    /** Whether any of these fails a command that fails from a severity on. */
    static boolean fail(List<Finding> findings, Severity failOn) {
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(failOn) <= 0);
    }
}
