package dev.poolwright.scan.project;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which files a reader wants to see: those in its languages whose name fits and whose text holds at least one of its words, and
 * at least one of the words that go with them.
 *
 * @param names tells by the name alone; true for every file where words decide
 * @param words any of these; none means that every file of the languages with a fitting name is wanted. Long, rare words keep
 *     the scan fast: at least four bytes each, better eight
 * @param beside and any of these; none means no such condition. Files are searched for these first, so few and rare ones here
 *     make common {@code words} cheap
 */
public record Interest(Set<Language> languages, Predicate<SourceFile> names, List<String> words, List<String> beside) {

    private static final int SHORTEST = 4;

    public Interest {
        languages = EnumSet.copyOf(languages);
        words = List.copyOf(words);
        beside = List.copyOf(beside);
        check("word", words);
        check("beside", beside);
        if (words.isEmpty() && !beside.isEmpty()) {
            throw new IllegalArgumentException("beside = " + beside + ": only together with words");
        }
    }

    public Interest(Set<Language> languages, Predicate<SourceFile> names, List<String> words) {
        this(languages, names, words, List.of());
    }

    private static void check(String what, List<String> words) {
        for (String word : words) {
            if (word.length() < SHORTEST) {
                throw new IllegalArgumentException(what + " = " + word + ": at least four characters");
            }
        }
    }

    /** Files of one language that hold any of the words. */
    public static Interest in(Language language, String... words) {
        return new Interest(EnumSet.of(language), file -> true, List.of(words));
    }

    /** Files of several languages that hold any of the words. */
    public static Interest in(Set<Language> languages, String... words) {
        return new Interest(languages, file -> true, List.of(words));
    }

    /** Files by name alone. */
    public static Interest named(Set<Language> languages, Predicate<SourceFile> names) {
        return new Interest(languages, names, List.of());
    }

    /** The same, where any of these words stands in the file too. */
    public Interest beside(String... others) {
        return new Interest(languages, names, words, List.of(others));
    }
}
