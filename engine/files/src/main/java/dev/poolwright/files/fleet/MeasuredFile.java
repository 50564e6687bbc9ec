package dev.poolwright.files.fleet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.files.tree.Source;
import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Origin;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of measured holds: a JSON list of quantiles, evenly spaced from the smallest to the largest value, each with its
 * unit ({@code ["1ms", "2.5ms", "40ms"]}). Its path is relative to the file that names it.
 */
final class MeasuredFile {

    /** Finer than a thousandth of a per cent says nothing. */
    private static final int MOST_QUANTILES = 100_001;

    private final Path directory;

    MeasuredFile(Path directory) {
        this.directory = directory;
    }

    Optional<Distribution> read(Section section, String key) {
        return section.find(key, Forms.TEXT).flatMap(name -> read(section, key, name));
    }

    private Optional<Distribution> read(Section section, String key, String name) {
        Path path;
        try {
            path = directory.resolve(name);
        } catch (InvalidPathException e) {
            section.wrong(key, "not a path", name, "a path relative to this file", "");
            return Optional.empty();
        }
        Origin file = new Origin(path.toString(), 0, 0);
        Optional<String> text = Source.text(path, section.problems());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try (JsonParser parser = new JsonFactory().createParser(text.get())) {
            return distribution(name, quantiles(parser, path, section.problems()), file, section.problems());
        } catch (JsonProcessingException e) {
            Origin at = new Origin(
                    path.toString(),
                    e.getLocation().getLineNr(),
                    e.getLocation().getColumnNr());
            section.problems().add("not JSON", at, "a list of quantiles, for example [\"1ms\", \"2.5ms\"]", "");
        } catch (IOException e) {
            section.problems().add("the file cannot be read", file, "", "");
        }
        return Optional.empty();
    }

    private static List<Long> quantiles(JsonParser parser, Path path, ProblemList problems) throws IOException {
        List<Long> quantiles = new ArrayList<>();
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            problems.add("not a list", at(path, parser), "a list of quantiles", "");
            return quantiles;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY && quantiles.size() < MOST_QUANTILES) {
            try {
                quantiles.add(Forms.DURATION.read(parser.getText()).toNanos());
            } catch (Unreadable e) {
                problems.add(new Problem(
                        e.what(), "quantile", parser.getText(), at(path, parser), Forms.DURATION.allowed(), e.todo()));
                return List.of();
            }
        }
        return quantiles;
    }

    private static Optional<Distribution> distribution(
            String name, List<Long> quantiles, Origin file, ProblemList problems) {
        if (quantiles.isEmpty() && !problems.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Distribution.Measured(name, quantiles));
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()), file, "two or more quantiles, ascending", "");
            return Optional.empty();
        }
    }

    private static Origin at(Path path, JsonParser parser) {
        return new Origin(
                path.toString(),
                parser.currentTokenLocation().getLineNr(),
                parser.currentTokenLocation().getColumnNr());
    }
}
