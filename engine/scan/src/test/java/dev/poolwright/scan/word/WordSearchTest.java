package dev.poolwright.scan.word;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordSearchTest {

    @Test
    void findsWordsThatOverlapAndContainEachOther() {
        WordSearch search = new WordSearch(List.of("create_engine", "engine", "gine_f", "absent"));
        BitSet found = find(search, "x = create_engine_from(");
        assertThat(found.stream()).containsExactly(0, 1, 2);
    }

    @Test
    void agreesWithTheNaiveSearchOnRandomTexts() {
        long seed = 20_261_121;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<String> words = new ArrayList<>();
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                words.add(text(random, 2 + random.nextInt(5)));
            }
            String text = text(random, random.nextInt(60));
            BitSet found = find(new WordSearch(words), text);
            for (int i = 0; i < words.size(); i++) {
                assertThat(found.get(i))
                        .as("seed %d, %s in %s", seed, words.get(i), text)
                        .isEqualTo(text.contains(words.get(i)));
            }
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    private static BitSet find(WordSearch search, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return search.find(bytes, bytes.length);
    }
}
