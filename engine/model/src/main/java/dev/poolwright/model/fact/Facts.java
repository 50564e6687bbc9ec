package dev.poolwright.model.fact;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Everything that one scan found, in order of place. Immutable. */
public record Facts(List<Fact> all, Coverage coverage) {

    private static final Comparator<Fact> ORDER = Comparator.<Fact, String>comparing(
                    fact -> fact.origin().file())
            .thenComparingInt(fact -> fact.origin().line())
            .thenComparingInt(fact -> fact.origin().column())
            .thenComparing(fact -> fact.getClass().getSimpleName())
            .thenComparing(Fact::toString);

    public static final Facts NONE = new Facts(List.of(), Coverage.NONE);

    public Facts {
        all = all.stream().sorted(ORDER).distinct().toList();
    }

    /** Those of one kind, in every place. */
    public <T extends Fact> List<T> of(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Those of one kind that run. */
    public <T extends Fact> Stream<T> main(Class<T> kind) {
        return of(kind).stream().filter(fact -> fact.place() == Place.MAIN);
    }
}
