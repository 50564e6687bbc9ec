package dev.poolwright.scan;

import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.word.WordSearch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What several readers look for in one file. The file is searched for the rarest words first, and only where one of them
 * stands for the rest. Immutable; safe to share.
 */
final class Wanted {

    private final List<Reader> readers;
    private final Words first;
    private final Words second;

    /** Words that are searched for together. */
    private record Words(List<String> words, Optional<WordSearch> search) {

        static Words of(Set<String> words) {
            List<String> all = List.copyOf(words);
            return new Words(all, all.isEmpty() ? Optional.empty() : Optional.of(new WordSearch(all)));
        }

        void find(byte[] text, int length, Set<String> found) {
            search.ifPresent(one -> one.find(text, length).stream().forEach(word -> found.add(words.get(word))));
        }
    }

    Wanted(List<Reader> readers) {
        this.readers = List.copyOf(readers);
        Set<String> rare = new LinkedHashSet<>();
        readers.forEach(reader -> rare.addAll(rarest(reader.interest())));
        Set<String> rest = new LinkedHashSet<>();
        readers.forEach(reader -> rest.addAll(reader.interest().words()));
        rest.removeAll(rare);
        first = Words.of(rare);
        second = Words.of(rest);
    }

    private static List<String> rarest(Interest interest) {
        return interest.beside().isEmpty() ? interest.words() : interest.beside();
    }

    /** Whether the text tells more than the name did. */
    boolean needsText() {
        return first.search().isPresent();
    }

    /** Those that want a file whose text is not needed, or cannot be had. */
    List<Reader> byName() {
        return readers.stream()
                .filter(reader -> reader.interest().words().isEmpty())
                .toList();
    }

    /** Those that want a file with this text, the first so many bytes of it. */
    List<Reader> in(byte[] text, int length) {
        Set<String> found = new HashSet<>();
        first.find(text, length, found);
        if (!found.isEmpty()) {
            second.find(text, length, found);
        }
        List<Reader> wanting = new ArrayList<>();
        for (Reader reader : readers) {
            Interest interest = reader.interest();
            if ((interest.words().isEmpty() || interest.words().stream().anyMatch(found::contains))
                    && (interest.beside().isEmpty()
                            || interest.beside().stream().anyMatch(found::contains))) {
                wanting.add(reader);
            }
        }
        return wanting;
    }
}
