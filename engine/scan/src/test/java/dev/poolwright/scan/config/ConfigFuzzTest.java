package dev.poolwright.scan.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changed samples of each format: whatever the text, reading it ends, with a tree or with {@link UnreadableConfig}. For longer
 * runs from other seeds: {@code -Dpoolwright.fuzz.rounds=1000000 -Dpoolwright.fuzz.seed=7}.
 */
class ConfigFuzzTest {

    private static final long SEED = Long.getLong("poolwright.fuzz.seed", 20261121);
    private static final int ROUNDS = Integer.getInteger("poolwright.fuzz.rounds", 2_000);
    private static final int MOST_CHANGES = 6;
    private static final String SIGNS = "\"'`[]{}()<>=:,;#&*!%@$\\/|-.\n\r\t \0\u00e9\uE07B0123abcdEFu";

    static Stream<Language> formats() {
        return Stream.of(Language.values()).filter(ConfigReader::knows);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void changedTextEndsWithATreeOrWithUnreadable(Language language) {
        byte[] sample = requireNonNull(Samples.ALL.get(language)).getBytes(StandardCharsets.UTF_8);
        SplittableRandom seeds = new SplittableRandom(SEED + language.name().hashCode());
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(30), () -> {
            int read = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long seed = seeds.nextLong();
                read += reads(changed(sample, new SplittableRandom(seed)), language, seed) ? 1 : 0;
            }
            assertThat(read).as("rounds that were still readable").isPositive();
        });
    }

    private static boolean reads(byte[] text, Language language, long seed) {
        try {
            ConfigReader.read(new SourceText("sample", text), language).forEach(ConfigNode::flat);
            return true;
        } catch (UnreadableConfig expected) {
            return false;
        } catch (RuntimeException | StackOverflowError wrong) {
            return fail(
                    "language = " + language + ", seed = " + seed + ": " + new String(text, StandardCharsets.UTF_8),
                    wrong);
        }
    }

    /** Bytes exchanged, put in, taken out, and pieces of it repeated elsewhere. */
    private static byte[] changed(byte[] sample, SplittableRandom random) {
        byte[] text = sample;
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes && text.length > 0; i++) {
            int at = random.nextInt(text.length);
            int length = Math.min(random.nextInt(1, 40), text.length - at);
            text = switch (random.nextInt(6)) {
                case 0 -> joined(text, at, new byte[0], at + length);
                case 1 -> joined(text, at, sign(random), at + 1);
                case 2 -> joined(text, at, sign(random), at);
                case 3 -> joined(text, at, new byte[] {(byte) random.nextInt(256)}, at);
                case 4 -> joined(text, random.nextInt(text.length), piece(text, at, length), text.length);
                default -> joined(text, at, piece(text, at, length), at);
            };
        }
        return text;
    }

    private static byte[] sign(SplittableRandom random) {
        return SIGNS.substring(random.nextInt(SIGNS.length())).substring(0, 1).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] piece(byte[] text, int at, int length) {
        byte[] piece = new byte[length];
        System.arraycopy(text, at, piece, 0, length);
        return piece;
    }

    /** What is before {@code to}, then the middle, then what is at {@code from} and behind it. */
    private static byte[] joined(byte[] text, int to, byte[] middle, int from) {
        byte[] joined = new byte[to + middle.length + text.length - from];
        System.arraycopy(text, 0, joined, 0, to);
        System.arraycopy(middle, 0, joined, to, middle.length);
        System.arraycopy(text, from, joined, to + middle.length, text.length - from);
        return joined;
    }
}
