package dev.poolwright.files;

import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.tree.Source;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.scenario.ArrivalPattern.Replay;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of arrival times: one a line, in seconds from the begin of the run, ascending; {@code #} begins a comment. */
final class ReplayFile {

    private static final double NANOS = 1e9;
    private static final double MOST_SECONDS = 86_400;

    private ReplayFile() {}

    static Optional<Replay> read(String name, Origin scenario, ProblemList problems) {
        Path path;
        try {
            path = Path.of(scenario.file()).resolveSibling(name);
        } catch (InvalidPathException e) {
            problems.add("replay = " + name + ": not a path", scenario, "a path relative to this file", "");
            return Optional.empty();
        }
        return Source.text(path, problems).flatMap(text -> moments(name, path, text, problems));
    }

    private static Optional<Replay> moments(String name, Path path, String text, ProblemList problems) {
        List<Long> moments = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int line = 0; line < lines.length && moments.size() <= Replay.MOST; line++) {
            String written = lines[line].replaceFirst("#.*", "").strip();
            if (written.isEmpty()) {
                continue;
            }
            double seconds = written.matches("[0-9]{1,6}(\\.[0-9]{1,12})?") ? Double.parseDouble(written) : -1;
            if (seconds < 0 || seconds > MOST_SECONDS) {
                problems.add(
                        "arrival = " + written + ": not a moment",
                        new Origin(path.toString(), line + 1, 1),
                        "seconds from 0 to " + (int) MOST_SECONDS + ", for example 12.345",
                        "");
                return Optional.empty();
            }
            moments.add(Math.round(seconds * NANOS));
        }
        try {
            return Optional.of(new Replay(name, moments));
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()), new Origin(path.toString(), 0, 0), "ascending moments", "");
            return Optional.empty();
        }
    }
}
