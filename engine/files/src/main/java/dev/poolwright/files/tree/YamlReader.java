package dev.poolwright.files.tree;

import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.model.fleet.Origin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML text to a tree. Works on the parser's events, so that depth, aliases and tags are bounded before anything is built:
 * one document, at most {@link #DEEPEST} levels, no alias and no tag.
 */
public final class YamlReader {

    /** Levels of nesting; the format itself needs ten. */
    static final int DEEPEST = 50;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final String file;
    private final ProblemList problems;
    private final Iterator<Event> events;

    private YamlReader(String file, String text, ProblemList problems) {
        this.file = file;
        this.problems = problems;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setCodePointLimit(Source.MOST_BYTES)
                .build();
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** The tree, or empty with the reason in {@code problems}. */
    public static Optional<Node> read(String file, String text, ProblemList problems) {
        try {
            return new YamlReader(file, text, problems).document();
        } catch (Refused refused) {
            problems.add(refused.problem);
        } catch (MarkedYamlEngineException broken) {
            Origin origin = broken.getProblemMark().map(mark -> at(file, mark)).orElse(new Origin(file, 0, 0));
            problems.add("not YAML: " + broken.getProblem(), origin, "", todo(broken.getProblem()));
        } catch (YamlEngineException broken) {
            String first =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
            problems.add("not YAML: " + first, new Origin(file, 0, 0), "", "");
        }
        return Optional.empty();
    }

    private static String todo(String problem) {
        return problem.contains("'\\t(TAB)'") || problem.contains("\\t") ? "indent with spaces" : "";
    }

    private Optional<Node> document() throws Refused {
        Optional<Node> root = Optional.empty();
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    if (++documents > 1) {
                        throw refused("several documents in one file", event, "one", "put the second in its own file");
                    }
                    root = Optional.of(node(events.next(), 1));
                }
                default -> {
                    /* begin and end of stream and document carry nothing */
                }
            }
        }
        if (root.isEmpty()) {
            problems.add("the file is empty", new Origin(file, 0, 0), "", "see docs/fleet-file.md for a first one");
        }
        return root;
    }

    private Node node(Event event, int depth) throws Refused {
        if (event instanceof AliasEvent) {
            throw refused("alias", event, "every value written where it is used", "write the value again");
        }
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            throw refused("anchor", event, "every value written where it is used", "leave the & name out");
        }
        if (event instanceof ScalarEvent scalar) {
            if (scalar.getTag().isPresent()) {
                throw tagged(event, scalar.getTag().get());
            }
            boolean absent = scalar.getScalarStyle() == ScalarStyle.PLAIN && NULLS.contains(scalar.getValue());
            return new Node.Text(scalar.getValue(), absent, at(event));
        }
        if (event instanceof CollectionStartEvent start && start.getTag().isPresent()) {
            throw tagged(event, start.getTag().get());
        }
        if (depth > DEEPEST) {
            throw refused("nested too deep", event, "at most " + DEEPEST + " levels", "");
        }
        return event.getEventId() == Event.ID.SequenceStart ? items(event, depth) : entries(event, depth);
    }

    private Node items(Event start, int depth) throws Refused {
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Items(items, at(start));
    }

    private Node entries(Event start, int depth) throws Refused {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Node key = node(event, depth + 1);
            Node value = node(events.next(), depth + 1);
            if (!(key instanceof Node.Text text) || text.absent()) {
                problems.add("a key is " + key.kind(), key.origin(), "a name", "");
                continue;
            }
            Node.Entry before = entries.putIfAbsent(text.text(), new Node.Entry(key.origin(), value));
            if (before != null) {
                problems.add(new Problem(
                        "written twice",
                        text.text(),
                        "",
                        key.origin(),
                        "once; first at " + before.key(),
                        "remove one"));
            }
        }
        return new Node.Entries(entries, at(start));
    }

    private Refused tagged(Event event, Object tag) {
        return new Refused(new Problem("YAML tag", "", tag.toString(), at(event), "no tags", "write the plain value"));
    }

    private Refused refused(String what, Event event, String allowed, String todo) {
        return new Refused(new Problem(what, "", "", at(event), allowed, todo));
    }

    private Origin at(Event event) {
        return event.getStartMark().map(mark -> at(file, mark)).orElse(new Origin(file, 0, 0));
    }

    private static Origin at(String file, Mark mark) {
        return new Origin(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Reading cannot go on after this. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        private Refused(Problem problem) {
            super(problem.toString(), null, false, false);
            this.problem = problem;
        }
    }
}
