package dev.poolwright.scan.project;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which files a reader wants to see: those in its languages whose name fits and whose text holds at least one of its words, and
 * at least one word of each group that goes with them.
 *
 * @param names tells by the name alone; true for every file where words decide
 * @param words any of these; none means that every file of the languages with a fitting name is wanted. Long, rare words keep
 *     the scan fast: at least four bytes each, better eight
 * @param beside and any of each of these; none means no such condition. Files are searched for the first of these first, so few
 *     and rare ones there make common {@code words} cheap
 */
public record Interest(
        Set<Language> languages, Predicate<SourceFile> names, List<String> words, List<List<String>> beside) {

    private static final int SHORTEST = 4;

    /** The same object each time: a name is put to each predicate once, however many readers share it. */
    private static final Predicate<SourceFile> ANY = Interest::any;

    public Interest {
        languages = EnumSet.copyOf(languages);
        words = List.copyOf(words);
        beside = beside.stream().map(List::copyOf).toList();
        check("word", words);
        beside.forEach(group -> check("beside", group));
        if (words.isEmpty() && !beside.isEmpty()) {
            throw new IllegalArgumentException("beside = " + beside + ": only together with words");
        }
    }

    public Interest(Set<Language> languages, Predicate<SourceFile> names, List<String> words) {
        this(languages, names, words, List.of());
    }

    private static boolean any(SourceFile file) {
        return true;
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
        return new Interest(EnumSet.of(language), ANY, List.of(words));
    }

    /** Files of several languages that hold any of the words. */
    public static Interest in(Set<Language> languages, String... words) {
        return new Interest(languages, ANY, List.of(words));
    }

    /** Files by name alone. */
    public static Interest named(Set<Language> languages, Predicate<SourceFile> names) {
        return new Interest(languages, names, List.of());
    }

    /** The same, where any of these words stands in the file too. */
    public Interest beside(List<String> others) {
        return new Interest(
                languages,
                names,
                words,
                Stream.concat(beside.stream(), Stream.of(others)).toList());
    }

    /** What a file is searched for first: without one of these it is of no interest. */
    public List<String> first() {
        return beside.isEmpty() ? words : beside.getFirst();
    }

    /** Every word that decides. */
    public Set<String> all() {
        Set<String> all = new LinkedHashSet<>(words);
        beside.forEach(all::addAll);
        return all;
    }

    /** Groups of words; a file that holds one of each is wanted. None where the name alone decides. */
    public List<List<String>> groups() {
        List<List<String>> groups = new ArrayList<>(beside);
        if (!words.isEmpty()) {
            groups.add(words);
        }
        return groups;
    }
}
