package dev.poolwright.model.finding;

import dev.poolwright.model.fleet.Origin;
import java.util.List;

/**
 * A rule that fired.
 *
 * @param code {@code PW010}
 * @param message what is wrong, one line
 * @param subject name of the server, service or {@code service/pool} that it is about
 * @param terms the figures behind it, each with its place
 * @param fix what to do
 * @param origin the place to show first
 * @param suggestion an edit that mends it; {@link Suggestion#NONE} where it takes more than one place
 */
public record Finding(
        String code,
        Severity severity,
        String message,
        String subject,
        List<Term> terms,
        String fix,
        Origin origin,
        Suggestion suggestion) {

    public Finding {
        terms = List.copyOf(terms);
    }

    /** Without a suggested edit. */
    public Finding(
            String code,
            Severity severity,
            String message,
            String subject,
            List<Term> terms,
            String fix,
            Origin origin) {
        this(code, severity, message, subject, terms, fix, origin, Suggestion.NONE);
    }

    public Finding withSeverity(Severity other) {
        return new Finding(code, other, message, subject, terms, fix, origin, suggestion);
    }

    public Finding withMessage(String other) {
        return new Finding(code, severity, other, subject, terms, fix, origin, suggestion);
    }

    public Finding withSuggestion(Suggestion other) {
        return new Finding(code, severity, message, subject, terms, fix, origin, other);
    }

    /** How bad it is: an error fires for every possible value, a warning for some. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    /** One figure: {@code name = value}, with its place. */
    public record Term(String name, String value, Origin origin) {}
}
