package dev.poolwright.scan.word;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds which of many words occur in a text, byte for byte. Looks at two bytes at a time and jumps over as many as no word
 * can begin in (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994). Immutable; takes 64 KiB and the words.
 */
public final class WordSearch {

    private static final int PAIRS = 1 << 16;

    private final byte[][] words;
    private final byte[] shifts = new byte[PAIRS];
    private final int[][] endingIn = new int[PAIRS][];
    private final int shortest;

    /** @param words at least one, each of at least two bytes */
    public WordSearch(List<String> words) {
        this.words = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.shortest =
                Arrays.stream(this.words).mapToInt(word -> word.length).min().orElse(0);
        if (shortest < 2) {
            throw new IllegalArgumentException("words = " + words + ": at least one, each of at least two bytes");
        }
        Arrays.fill(shifts, (byte) Math.min(shortest - 1, Byte.MAX_VALUE));
        Arrays.fill(endingIn, new int[0]);
        for (int word = 0; word < this.words.length; word++) {
            byte[] text = this.words[word];
            for (int end = 1; end < shortest; end++) {
                int pair = pair(text[end - 1], text[end]);
                int shift = Math.min(shortest - 1 - end, Byte.MAX_VALUE);
                shifts[pair] = (byte) Math.min(shifts[pair], shift);
                if (shift == 0) {
                    int[] before = endingIn[pair];
                    endingIn[pair] = Arrays.copyOf(before, before.length + 1);
                    endingIn[pair][before.length] = word;
                }
            }
        }
    }

    /** The numbers of the words that occur in the first {@code length} bytes of {@code text}. */
    public BitSet find(byte[] text, int length) {
        BitSet found = new BitSet(words.length);
        find(text, length, found, 0);
        return found;
    }

    /** Sets the numbers of those words, counted from {@code from} on. */
    public void find(byte[] text, int length, BitSet found, int from) {
        int at = shortest - 1;
        while (at < length) {
            int pair = pair(text[at - 1], text[at]);
            int shift = shifts[pair];
            if (shift > 0) {
                at += shift;
            } else {
                for (int word : endingIn[pair]) {
                    int begin = at - shortest + 1;
                    byte[] wanted = words[word];
                    if (begin + wanted.length <= length
                            && Arrays.equals(text, begin, begin + wanted.length, wanted, 0, wanted.length)) {
                        found.set(from + word);
                    }
                }
                at++;
            }
        }
    }

    private static int pair(byte first, byte second) {
        return ((first & 0xff) << 8) | (second & 0xff);
    }
}
