package dev.poolwright.files.problem;

import java.util.List;
import java.util.stream.Collectors;

/** All problems of a file at once. Its message is made for people: one line each, at most {@link #SHOWN}, then how many more. */
public final class Problems extends Exception {

    /** How many problems are shown. */
    public static final int SHOWN = 100;

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> list;

    /** @param list at least one */
    public Problems(List<Problem> list) {
        super(rendered(list), null, false, false);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("problems = []: there must be at least one");
        }
        this.list = List.copyOf(list);
    }

    public List<Problem> list() {
        return list;
    }

    private static String rendered(List<Problem> list) {
        String shown = list.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"));
        return list.size() > SHOWN ? shown + "\nand " + (list.size() - SHOWN) + " more" : shown;
    }
}
