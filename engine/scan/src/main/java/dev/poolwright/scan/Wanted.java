package dev.poolwright.scan;

import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.word.WordSearch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What several readers look for in one file. The file is searched for the rarest words first, and only where one of them
 * stands for the rest. Immutable; safe to share.
 */
final class Wanted {

    private final List<Wish> wishes;
    private final Optional<WordSearch> first;
    private final Optional<WordSearch> second;

    /** How many words are searched for first: the second search counts from there on. */
    private final int rare;

    /** A reader and what it is interested in, asked for once: it is a constant. */
    record Wish(Reader reader, Interest interest) {
        static Wish of(Reader reader) {
            return new Wish(reader, reader.interest());
        }
    }

    /** For each wish the groups of which one word each must be there, as numbers of words. */
    private final List<List<BitSet>> groups;

    Wanted(List<Wish> wishes) {
        this.wishes = List.copyOf(wishes);
        Set<String> words = new LinkedHashSet<>();
        wishes.forEach(wish -> words.addAll(wish.interest().first()));
        List<String> one = List.copyOf(words);
        wishes.forEach(wish -> words.addAll(wish.interest().all()));
        List<String> all = List.copyOf(words);
        rare = one.size();
        first = search(one);
        second = search(all.subList(rare, all.size()));
        Map<String, Integer> numbers = new HashMap<>();
        all.forEach(word -> numbers.put(word, numbers.size()));
        groups = wishes.stream().map(wish -> groups(wish.interest(), numbers)).toList();
    }

    private static Optional<WordSearch> search(List<String> words) {
        return words.isEmpty() ? Optional.empty() : Optional.of(new WordSearch(words));
    }

    private static List<BitSet> groups(Interest interest, Map<String, Integer> numbers) {
        List<BitSet> groups = new ArrayList<>();
        for (List<String> group : interest.groups()) {
            BitSet one = new BitSet();
            group.forEach(word -> one.set(numbers.getOrDefault(word, 0)));
            groups.add(one);
        }
        return groups;
    }

    /** Whether the text tells more than the name did. */
    boolean needsText() {
        return first.isPresent();
    }

    /** Those that want a file whose text is not needed, or cannot be had. */
    List<Reader> byName() {
        return wishes.stream()
                .filter(wish -> wish.interest().words().isEmpty())
                .map(Wish::reader)
                .toList();
    }

    /** Those that want a file with this text, the first so many bytes of it. */
    List<Reader> in(byte[] text, int length) {
        BitSet found = new BitSet();
        first.ifPresent(search -> search.find(text, length, found, 0));
        if (!found.isEmpty()) {
            second.ifPresent(search -> search.find(text, length, found, rare));
        }
        List<Reader> wanting = new ArrayList<>();
        for (int wish = 0; wish < groups.size(); wish++) {
            if (groups.get(wish).stream().allMatch(found::intersects)) {
                wanting.add(wishes.get(wish).reader());
            }
        }
        return wanting;
    }
}
