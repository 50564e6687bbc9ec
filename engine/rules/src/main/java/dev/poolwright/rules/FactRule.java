package dev.poolwright.rules;

import dev.poolwright.model.fact.Place;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule that looks at what a scan found written. Only what runs makes errors and warnings; the rest of the tree makes one
 * note together.
 */
abstract class FactRule implements Rule {

    /** More places than this are counted and not listed. */
    private static final int MOST_PLACES = 10;

    /** A finding, and in which part of the tree. */
    record Told(Finding finding, Place place) {}

    /** Everything of this kind, in every part of the tree. */
    abstract List<Told> tell(Checked checked);

    @Override
    public final List<Finding> check(Checked checked) {
        return sorted(tell(checked), code());
    }

    /** What runs as it is told, each place once, the rest as one note. */
    static List<Finding> sorted(List<Told> all, String code) {
        Map<String, Finding> found = new LinkedHashMap<>();
        List<Told> apart = new ArrayList<>();
        for (Told told : all) {
            if (told.place() == Place.MAIN) {
                Finding one = told.finding();
                found.merge(
                        one.origin().file() + ":" + one.origin().line() + " " + one.subject(),
                        one,
                        (first, second) -> first.severity().compareTo(second.severity()) <= 0 ? first : second);
            } else {
                apart.add(told);
            }
        }
        List<Finding> sorted = new ArrayList<>(found.values());
        apart(apart, code).ifPresent(sorted::add);
        return sorted;
    }

    private static Optional<Finding> apart(List<Told> apart, String code) {
        if (apart.isEmpty()) {
            return Optional.empty();
        }
        List<Term> terms = new ArrayList<>();
        apart.stream()
                .limit(MOST_PLACES)
                .forEach(told -> terms.add(Terms.of(
                        word(told.place()),
                        told.finding().message(),
                        told.finding().origin())));
        if (apart.size() > MOST_PLACES) {
            terms.add(Terms.of("and", apart.size() - MOST_PLACES + " more"));
        }
        return Optional.of(new Finding(
                code,
                Severity.NOTE,
                apart.size() + (apart.size() == 1 ? " place" : " places") + " outside of what runs",
                "outside of what runs",
                terms,
                "nothing, unless it is taken over into what runs",
                apart.get(0).finding().origin()));
    }

    private static String word(Place place) {
        return switch (place) {
            case MAIN -> "what runs";
            case TEST -> "in tests";
            case EXAMPLE -> "in examples";
            case VENDORED -> "in vendored code";
            case MIGRATION -> "in migrations";
        };
    }
}
