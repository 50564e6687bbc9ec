package dev.poolwright.files;

import dev.poolwright.files.fleet.ObjectivesReader;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Objective;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.scenario.ArrivalPattern;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.Scenario;
import dev.poolwright.model.scenario.Scenario.Rate;
import dev.poolwright.model.scenario.Scenario.RateStep;
import dev.poolwright.model.scenario.Scenario.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a scenario once its placeholders are filled. */
final class ScenarioReader {

    private static final double MOST_FACTOR = 1000;

    /** {@code 80%} of the knee, {@code 1.5x} the declared rate, {@code 60/s}. */
    static final Form<Rate> RATE = new Form<>(
            "80% (of the knee, up to 100000%), 1.5x (times the declared rate, up to 1000x) or 60/s",
            ScenarioReader::rate);

    private static final Form<Scenario.Subject> SUBJECT = Form.word(
            "subject",
            Map.of(
                    "double", Scenario.Subject.DOUBLE,
                    "library", Scenario.Subject.LIBRARY,
                    "http", Scenario.Subject.HTTP));

    private static final Form<Shape> SHAPE = Form.word("shape", Map.of("flat", Shape.FLAT, "ramp", Shape.RAMP));

    private static final Form<ArrivalPattern> ARRIVALS =
            Form.word("arrivals", Map.of("poisson", ArrivalPattern.poisson(), "even", new ArrivalPattern.Even()));

    private ScenarioReader() {}

    /** What can be said without a fleet. */
    static void checkAlone(Node tree, ProblemList problems) {
        Section root = Section.of("", tree, problems);
        top(root);
        root.done();
    }

    private static void top(Section root) {
        root.need("scenario", Forms.NAME_OF_ITS_OWN, "");
        root.need("about", Forms.TEXT, "");
        for (String key : List.of("needs", "warm_up", "load", "faults", "objectives", "subject", "set", "arrivals")) {
            root.has(key);
        }
        if (root.has("needs")) {
            Section needs = root.child("needs");
            Needs.KINDS.forEach(kind -> needs.find(kind, Forms.NAME_OF_ITS_OWN));
            needs.done();
        }
        root.get("warm_up", Forms.DURATION, Duration.ZERO);
        ObjectivesReader.windows(root.child("objectives"));
    }

    static String text(Node tree, String key) {
        Node.Entry entry = tree instanceof Node.Entries map ? map.entries().get(key) : null;
        return entry != null && entry.value() instanceof Node.Text text
                ? text.text().strip()
                : "";
    }

    static Scenario read(Node tree, Fleet fleet, Map<String, String> needs, ProblemList problems) {
        Section root = Section.of("", tree, problems);
        top(root);
        FaultReader faults = new FaultReader(fleet);
        List<Fault> read = new ArrayList<>();
        for (Section fault : root.items("faults")) {
            faults.read(fault).ifPresent(read::add);
        }
        return new Scenario(
                text(tree, "scenario"),
                text(tree, "about"),
                needs,
                root.get("warm_up", Forms.DURATION, Duration.ZERO),
                loads(root.child("load"), fleet),
                arrivals(root.child("arrivals"), fleet),
                read.stream().sorted(java.util.Comparator.comparing(Fault::at)).toList(),
                objectives(root.child("objectives"), fleet),
                root.get("subject", SUBJECT, Scenario.Subject.DOUBLE),
                root.origin());
    }

    private static List<Objective> objectives(Section section, Fleet fleet) {
        List<Objective> objectives = ObjectivesReader.windows(section);
        Form<String> form = Form.name("load", loadsOf(fleet));
        objectives.stream()
                .filter(objective -> !objective.load().isEmpty())
                .forEach(objective -> Section.read(
                        "for", new Node.Text(objective.load(), false, objective.origin()), form, section.problems()));
        return objectives;
    }

    private static List<String> loadsOf(Fleet fleet) {
        List<String> known = new ArrayList<>();
        for (Service service : fleet.services().values()) {
            service.loads().keySet().forEach(load -> known.add(service.name() + "/" + load));
        }
        return known;
    }

    private static Map<String, List<RateStep>> loads(Section section, Fleet fleet) {
        Form<String> form = Form.name("load", loadsOf(fleet));
        Map<String, List<RateStep>> loads = new LinkedHashMap<>();
        for (Map.Entry<String, Node.Entry> entry : section.written().entrySet()) {
            String name = entry.getKey();
            Section.read("load", new Node.Text(name, false, entry.getValue().key()), form, section.problems());
            loads.put(name, section.isSingle(name) ? List.of() : steps(name, section));
            if (section.isSingle(name)) {
                section.wrong(name, "wrong type", "", "a list of {until: 20s, rate: 80%}", "");
            }
        }
        return loads;
    }

    private static Map<String, ArrivalPattern> arrivals(Section section, Fleet fleet) {
        Form<String> form = Form.name("load", loadsOf(fleet));
        Map<String, ArrivalPattern> arrivals = new LinkedHashMap<>();
        for (Map.Entry<String, Node.Entry> entry : section.written().entrySet()) {
            String name = entry.getKey();
            Section.read("load", new Node.Text(name, false, entry.getValue().key()), form, section.problems());
            if (section.isSingle(name)) {
                arrivals.put(name, section.get(name, ARRIVALS, ArrivalPattern.poisson()));
                continue;
            }
            Section replay = section.child(name);
            String file = replay.need("replay", Forms.TEXT, "");
            replay.done();
            if (!file.isEmpty()) {
                ReplayFile.read(file, replay.origin(), section.problems()).ifPresent(read -> arrivals.put(name, read));
            }
        }
        return arrivals;
    }

    private static List<RateStep> steps(String name, Section section) {
        List<RateStep> steps = new ArrayList<>();
        for (Section step : section.items(name)) {
            Duration until = step.need("until", Forms.SOME_TIME, Duration.ofSeconds(1));
            Rate rate = step.need("rate", RATE, new Rate(Rate.Kind.OF_THE_DECLARED, 1));
            Shape shape = step.get("shape", SHAPE, Shape.FLAT);
            step.done();
            if (!steps.isEmpty() && until.compareTo(steps.get(steps.size() - 1).until()) <= 0) {
                step.wrong("until", "not after the step before", until.toSeconds() + "s", "later moments", "");
            }
            steps.add(new RateStep(until, rate, shape));
        }
        return steps;
    }

    private static Rate rate(String text) throws Unreadable {
        if (text.endsWith("x")) {
            return new Rate(Rate.Kind.OF_THE_DECLARED, factor(text.substring(0, text.length() - 1)));
        }
        if (text.endsWith("%")) {
            return new Rate(Rate.Kind.OF_THE_KNEE, factor(text.substring(0, text.length() - 1)) / 100);
        }
        try {
            return new Rate(Rate.Kind.PER_SECOND, Forms.RATE.read(text));
        } catch (Unreadable e) {
            throw new Unreadable(e.what(), "write for example 80%, 1.5x or 60/s");
        }
    }

    private static double factor(String text) throws Unreadable {
        if (text.equals("0")) {
            return 0;
        }
        double factor = Forms.CORES.read(text);
        if (factor > MOST_FACTOR * 100) {
            throw new Unreadable("too large", "");
        }
        return factor;
    }
}
