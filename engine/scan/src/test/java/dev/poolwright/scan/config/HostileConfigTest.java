package dev.poolwright.scan.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made to hurt whoever reads it. */
class HostileConfigTest {

    private static final int MANY = 1_000_000;
    private static final int LEVELS = 20_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Test
    void anAliasBombEndsBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(8), i - 1));
        }
        assertUnreadable(bomb.toString(), Language.YAML, "more than 500000 values");
    }

    @Test
    void aliasesThatOnlyGoDeeperEndAtTheMostLevels() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 200; i++) {
            bomb.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }
        assertUnreadable(bomb.toString(), Language.YAML, "more than 100 levels");
    }

    @Test
    void anAliasOfItselfIsEmpty() throws UnreadableConfig {
        assertThat(requireNonNull(read("a: &a [*a]\n", Language.YAML).flat().get("a[0]"))
                        .text())
                .isEmpty();
    }

    @Test
    void anEntityBombStaysAsItIsWritten() throws UnreadableConfig {
        String bomb = """
                <!DOCTYPE x [
                  <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;"> <!ENTITY c SYSTEM "file:///etc/passwd">
                ]>
                <x>&b;&c;</x>
                """;
        assertThat(read(bomb, Language.XML).text("x")).isEqualTo("&b;&c;");
    }

    static Stream<Arguments> deep() {
        Map<Language, List<String>> deep = Map.of(
                Language.YAML, List.of("[".repeat(LEVELS), "{a: ".repeat(LEVELS), "- ".repeat(LEVELS)),
                Language.JSON, List.of("[".repeat(LEVELS), "{\"a\":".repeat(LEVELS)),
                Language.TOML,
                        List.of(
                                "a=" + "[".repeat(LEVELS),
                                "a=" + "{b=".repeat(LEVELS),
                                "a" + ".a".repeat(LEVELS) + "=1"),
                Language.XML, List.of("<a>".repeat(LEVELS)),
                Language.HCL,
                        List.of(
                                "a = " + "[".repeat(LEVELS),
                                "a = " + "{b=".repeat(LEVELS),
                                "a {\n".repeat(LEVELS),
                                "a " + "b ".repeat(LEVELS) + "{}",
                                "a = " + "\"${".repeat(LEVELS),
                                "a = " + "jsonencode(".repeat(LEVELS)));
        return deep.entrySet().stream()
                .flatMap(one -> one.getValue().stream().map(text -> Arguments.of(one.getKey(), text)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("deep")
    void twentyThousandLevelsAreUnreadable(Language language, String text) {
        assertUnreadable(text, language, "levels", "parts", "nesting depth", "DEEPEST");
    }

    @ParameterizedTest
    @MethodSource("dev.poolwright.scan.config.ConfigFuzzTest#formats")
    void aNulIsUnreadableInEveryFormat(Language language) {
        assertUnreadable("a\0b", language, "NUL");
    }

    @ParameterizedTest
    @MethodSource("dev.poolwright.scan.config.ConfigFuzzTest#formats")
    void bytesThatAreNotUtf8AreReadAsReplacementSignsOrAreUnreadable(Language language) {
        byte[] sample = requireNonNull(Samples.ALL.get(language)).getBytes(StandardCharsets.ISO_8859_1);
        sample[sample.length / 2] = (byte) 0xFF;
        endsWithin(sample, language);
    }

    @ParameterizedTest
    @MethodSource("dev.poolwright.scan.config.ConfigFuzzTest#formats")
    void aLineOfAMillionCharactersEnds(Language language) {
        for (String part :
                List.of("a", "\"", "'", "{{ ", "{", "<", "&", "a=", "a: ", "\\", "${", "[", " ", "#", "<<A ", "@a")) {
            endsWithin(part.repeat(MANY / part.length()).getBytes(StandardCharsets.UTF_8), language);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.poolwright.scan.config.ConfigFuzzTest#formats")
    void aMillionShortLinesEnd(Language language) {
        for (String line :
                List.of("a\n", "a=\"\n", "[a\n", "a: '\n", "a <<A\n", "\\\n", "<a\n", "- {{\n", "RUN <<A\n", "a='\n")) {
            endsWithin(line.repeat(MANY / line.length()).getBytes(StandardCharsets.UTF_8), language);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Language.class,
            names = {"YAML", "JSON", "TOML", "PROPERTIES", "XML", "HCL"})
    void nothingIsAnEmptyFile(Language language) throws UnreadableConfig {
        assertThat(ConfigReader.read(SourceText.of("empty", ""), language))
                .allSatisfy(node -> assertThat(node.flat()).isEmpty());
    }

    private static void endsWithin(byte[] text, Language language) {
        Assertions.assertTimeoutPreemptively(LONGEST, () -> {
            try {
                ConfigReader.read(new SourceText("hostile", text), language).forEach(ConfigNode::flat);
            } catch (UnreadableConfig allowed) {
                assertThat(allowed).hasMessageStartingWith("hostile");
            }
        });
    }

    private static ConfigNode read(String text, Language language) throws UnreadableConfig {
        return ConfigReader.read(SourceText.of("hostile", text), language).get(0);
    }

    private static void assertUnreadable(String text, Language language, String... anyOf) {
        Assertions.assertTimeoutPreemptively(
                LONGEST,
                () -> assertThatThrownBy(() -> read(text, language))
                        .isInstanceOf(UnreadableConfig.class)
                        .satisfies(failure -> assertThat(List.of(anyOf))
                                .anyMatch(words ->
                                        String.valueOf(failure.getMessage()).contains(words))));
    }
}
