package dev.poolwright.scan.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxParserTest {

    private final SyntaxParser parser = new SyntaxParser();

    @AfterEach
    void close() {
        parser.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PYTHON|engine = create_engine(url, pool_size=5)|call",
                "JAVA|class A { void b() { config.setMaximumPoolSize(5); } }|method_invocation",
                "JAVASCRIPT|const pool = new Pool({ max: 5 })|new_expression",
                "TYPESCRIPT|const pool: Pool = new Pool({ max: 5 })|new_expression",
                "TSX|const a = <div>{new Pool({ max: 5 })}</div>|new_expression",
            })
    void everyGrammarParses(Language language, String text, String wanted) {
        SyntaxNode root = parser.parse(SourceText.of("a", text), language).orElseThrow();
        assertThat(root.all("ERROR")).isEmpty();
        assertThat(root.all(wanted)).hasSize(1);
    }

    @Test
    void aSyntaxErrorLeavesTheRestOfTheFile() {
        SyntaxNode root = parser.parse(
                        SourceText.of("a.py", "def broken(a b):\n    pass\n\nengine = create_engine(url)\n"),
                        Language.PYTHON)
                .orElseThrow();
        assertThat(root.all("call").map(SyntaxNode::text)).contains("create_engine(url)");
        assertThat(root.all("ERROR")).isNotEmpty();
    }

    @Test
    void placesCountLinesAndCharactersFromOne() {
        SyntaxNode root = parser.parse(SourceText.of("a.py", "# ä\nx = 'ü'; y = f()\n"), Language.PYTHON)
                .orElseThrow();
        SyntaxNode call = root.all("call").findFirst().orElseThrow();
        assertThat(call.origin()).hasToString("a.py:2:14");
        assertThat(call.text("function")).isEqualTo("f");
    }
}
