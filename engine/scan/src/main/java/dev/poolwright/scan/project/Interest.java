package dev.poolwright.scan.project;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which files a reader wants to see: those in its languages whose name fits and whose text holds at least one of its words.
 *
 * @param names tells by the name alone; true for every file where words decide
 * @param words any of these; none means that every file of the languages with a fitting name is wanted. Long, rare words keep
 *     the scan fast: at least four bytes each, better eight
 */
public record Interest(Set<Language> languages, Predicate<SourceFile> names, List<String> words) {

    public Interest {
        languages = EnumSet.copyOf(languages);
        words = List.copyOf(words);
        for (String word : words) {
            if (word.length() < 4) {
                throw new IllegalArgumentException("word = " + word + ": at least four characters");
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
}
