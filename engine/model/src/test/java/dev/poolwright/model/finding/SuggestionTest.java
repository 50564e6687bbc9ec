package dev.poolwright.model.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fleet.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionTest {

    private static final List<String> LINES =
            List.of("engine = create(", "    url,", "    poolclass=QueuePool,", "    size=5)");

    private static Suggestion at(int line) {
        return new Suggestion(new Origin("app/db.py", line, 0), "poolclass=\\w+\\s*,?\\s*", "");
    }

    @Test
    void aLineThatIsLeftBlankIsTakenOut() {
        assertThat(at(3).diff(LINES)).isEqualTo("""
                        --- a/app/db.py
                        +++ b/app/db.py
                        @@ -3,1 +2,0 @@
                        -    poolclass=QueuePool,
                        """);
    }

    @Test
    void theRestOfTheLineStays() {
        assertThat(at(1).diff(List.of("engine = create(url, poolclass=QueuePool, size=5)")))
                .contains("-engine = create(url, poolclass=QueuePool, size=5)\n+engine = create(url, size=5)\n");
    }

    @Test
    void nothingIsSuggestedWhereTheLineReadsOtherwise() {
        assertThat(at(2).diff(LINES)).isEmpty();
        assertThat(at(9).diff(LINES)).isEmpty();
        assertThat(at(1).diff(List.of("poolclass=A, poolclass=B"))).isEmpty();
        assertThat(Suggestion.NONE.diff(LINES)).isEmpty();
    }
}
