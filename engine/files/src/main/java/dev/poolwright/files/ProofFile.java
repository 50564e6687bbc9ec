package dev.poolwright.files;

import dev.poolwright.files.fleet.ObjectivesReader;
import dev.poolwright.files.problem.Problem;
import dev.poolwright.files.problem.ProblemList;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Nearest;
import dev.poolwright.files.tree.Node;
import dev.poolwright.files.tree.Section;
import dev.poolwright.files.tree.Source;
import dev.poolwright.files.tree.YamlReader;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.model.verdict.Link;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.model.verdict.Owner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A {@code proof.yaml}: a list of fleets and scenarios with what is expected of each pair. */
public final class ProofFile {

    private static final Form<Boolean> EXPECT =
            Form.word("expectation", java.util.Map.of("breaks", true, "holds", false));
    private static final List<String> LINK_WORDS =
            Arrays.stream(LinkKind.values()).map(LinkKind::word).toList();
    private static final Form<Link> LINK =
            new Form<>("a link and its subject, with a link of: " + String.join(", ", LINK_WORDS), ProofFile::link);
    private static final Form<Expectation.Cycle> CYCLE = Form.word(
            "cycle",
            Arrays.stream(Expectation.Cycle.values())
                    .collect(java.util.stream.Collectors.toMap(Expectation.Cycle::word, cycle -> cycle)));
    private static final Form<String> OWNER =
            Form.name("owner", Arrays.stream(Owner.values()).map(Owner::word).toList());

    private ProofFile() {}

    /**
     * Reads a proof. Whether its fleets and scenarios exist shows when they are read.
     *
     * @throws Problems with everything that is wrong with it
     */
    public static List<Expectation> read(Path file) throws Problems {
        ProblemList problems = new ProblemList();
        Origin whole = new Origin(file.toString(), 0, 0);
        Node root = Source.text(file, problems)
                .flatMap(text -> YamlReader.read(file.toString(), text, problems))
                .orElse(new Node.Items(List.of(), whole));
        problems.throwIfAny();
        List<Expectation> expectations = new ArrayList<>();
        if (root instanceof Node.Items list && !list.items().isEmpty()) {
            for (Node item : list.items()) {
                expectations.add(expectation(Section.of("[" + expectations.size() + "]", item, problems)));
            }
        } else {
            problems.add(new Problem(
                    "no expectations",
                    "",
                    root.kind(),
                    root.origin(),
                    "a list of {fleet: …, scenario: …, expect: …}",
                    ""));
        }
        problems.throwIfAny();
        return List.copyOf(expectations);
    }

    private static Expectation expectation(Section section) {
        boolean breaks = section.need("expect", EXPECT, false);
        Expectation expectation = new Expectation(
                section.need("fleet", Forms.TEXT, ""),
                section.get("environment", Forms.NAME_OF_ITS_OWN, ""),
                section.need("scenario", Forms.TEXT, ""),
                breaks,
                section.words("chain", LINK),
                section.get("owner", OWNER, ""),
                ObjectivesReader.windows(section.child("figures")),
                section.get("cycle", CYCLE, Expectation.Cycle.MINUTES_2),
                section.origin());
        if (!breaks && (section.has("chain") || section.has("owner"))) {
            section.wrong("expect", "a chain or owner without a break", "holds", "breaks", "remove chain and owner");
        }
        section.done();
        return expectation;
    }

    private static Link link(String text) throws Unreadable {
        String[] parts = text.strip().split(" ", -1);
        Optional<LinkKind> kind = LinkKind.of(parts[0]);
        if (kind.isEmpty()) {
            throw new Unreadable("no such link", Nearest.hint(parts[0], LINK_WORDS));
        }
        if (parts.length != 2 || parts[1].isEmpty()) {
            throw new Unreadable("a link needs one subject", "write for example " + parts[0] + " backend");
        }
        return new Link(kind.get(), parts[1]);
    }
}
