package dev.poolwright.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What formatter and compiler cannot check about this source tree. Each failure lists every place, not the first. */
class TidyTest {
    private static final Tree TREE = Tree.ofRepository();
    private static final List<Source> SOURCES = TREE.javaFiles().stream()
            .map(path -> Source.parse(path, TREE.text(path)))
            .toList();
    private static final Pattern MODULE = Pattern.compile("(?:runtime|engine|front|build)/([a-z0-9-]+)/(.*)");
    private static final Pattern OUR_NAME = Pattern.compile("dev\\.poolwright\\.([a-z0-9]+)\\b.*", Pattern.DOTALL);
    private static final int MOST_LINES = 600;
    private static final Set<String> CODE = Set.of("java", "py", "sh", "js", "css", "xml", "");

    /** First column of the table in docs/GLOSSARY.md; code, metrics, command line and web page use no others for these. */
    private static final List<String> GLOSSARY = List.of(
            "fleet",
            "server",
            "pooler",
            "path",
            "service",
            "instance",
            "process",
            "surge",
            "pool",
            "ceiling",
            "callers",
            "at once",
            "borrow",
            "hold",
            "give back",
            "acquire timeout",
            "wait",
            "overflow",
            "utilization",
            "budget",
            "plan",
            "draws",
            "run record",
            "finding",
            "verdict",
            "chain",
            "evidence",
            "recovery");

    @Test
    void theTreeIsReallyRead() {
        assertThat(TREE.files()).extracting(Object::toString).contains("pom.xml", "poolwright", ".ci/run");
        assertThat(SOURCES).extracting(Source::path).contains("front/cli/src/main/java/dev/poolwright/cli/Main.java");
    }

    @Test
    void everyModuleStandsInTheDrawingOfArrows() {
        assertThat(modules().keySet()).allMatch(Arrows::knows);
        Set<String> built = new TreeSet<>();
        Matcher listed = Pattern.compile("<module>[a-z]+/([a-z0-9-]+)</module>").matcher(TREE.text("pom.xml"));
        while (listed.find()) {
            built.add(listed.group(1));
        }
        assertThat(built).as("modules of the build").isEqualTo(modules().keySet());
    }

    @Test
    void pomsFollowTheArrows() {
        List<String> against = new ArrayList<>();
        modules()
                .forEach((module, pom) -> Poms.ofOurs(TREE.text(pom)).stream()
                        .filter(to -> !Arrows.mayDepend(module, to.module(), to.inTests()))
                        .forEach(to -> against.add(pom + ": " + module + " -> " + to.module())));
        assertThat(against).isEmpty();
    }

    @Test
    void codeNamesNothingAgainstTheArrows() {
        assertThat(all(TidyTest::namesAgainstTheArrows)).isEmpty();
    }

    @Test
    void everyRuleHasOneClassOnePageAndRecordedOutputs() {
        assertThat(Pages.ofRules(TREE)).isEmpty();
    }

    @Test
    void everyScenarioHasItsPage() {
        assertThat(Pages.ofScenarios(TREE)).isEmpty();
    }

    @Test
    void everyFaultHasItsPage() {
        assertThat(Pages.ofFaults(TREE)).isEmpty();
    }

    @Test
    void noFailureIsSwallowed() {
        Set<String> answers = listed("failure-is-the-answer.txt").keySet();
        assertThat(all(SwallowedFailures::in).stream()
                        .filter(place -> !(place.canBeTheAnswer() && answers.contains(place.where())))
                        .map(SwallowedFailures.Swallowed::text))
                .isEmpty();
    }

    @Test
    void noFailureIsListedAsAnAnswerThatIsNone() {
        assertThat(all(SwallowedFailures::in).stream().map(SwallowedFailures.Swallowed::where))
                .containsAll(listed("failure-is-the-answer.txt").keySet());
    }

    @Test
    void timeAndChanceComeThroughTheirAdapters() {
        Map<String, String> adapters = adapters();
        assertThat(all(source -> adapters.containsKey(source.path()) ? List.of() : RealTime.in(source)))
                .isEmpty();
    }

    @Test
    void noAdapterIsListedThatDoesNotNeedToBe() {
        for (Source source : SOURCES) {
            if (adapters().containsKey(source.path())) {
                assertThat(RealTime.in(source)).as(source.path()).isNotEmpty();
            }
        }
    }

    @Test
    void namesSaySomethingAndNoTestIsSwitchedOff() {
        assertThat(all(Words::in)).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(lines(Words.LEFT_FOR_LATER)).isEmpty();
    }

    @Test
    void noRegistryAndNoMachineIsNamed() {
        assertThat(lines(Words.REGISTRY_HOST)).isEmpty();
        assertThat(lines(Words.MACHINE_PATH)).isEmpty();
    }

    @Test
    void aReplicaIsAReadReplica() {
        assertThat(TREE.textFiles().stream()
                        .filter(path -> !path.equals("docs/GLOSSARY.md") && !path.startsWith("build/tidy/"))
                        .flatMap(path -> Words.strayReplicas(path, TREE.text(path)).stream()))
                .isEmpty();
    }

    @Test
    void theGlossaryHasARowForEachWord() {
        if (!TREE.has("docs")) {
            return; // The words are promised in docs/; a tree without it promises nothing.
        }
        assertThat(TREE.has("docs/GLOSSARY.md"))
                .as("docs/GLOSSARY.md, the source of all words, is missing")
                .isTrue();
        Set<String> rows = new TreeSet<>();
        for (String line : TREE.text("docs/GLOSSARY.md").lines().toList()) {
            if (line.startsWith("|")) {
                String first = line.split("\\|", 3)[1].replaceAll("[*`_]", "");
                Stream.of(first.split(",", -1)).map(String::strip).forEach(rows::add);
            }
        }
        assertThat(rows).containsAll(GLOSSARY);
    }

    @Test
    void noFileIsTooLongToRead() {
        List<String> tooLong = new ArrayList<>();
        for (String path : TREE.textFiles()) {
            long lines = CODE.contains(Tree.ending(path)) && !path.equals("LICENSE")
                    ? TREE.text(path).lines().count()
                    : 0;
            if (lines > MOST_LINES) {
                tooLong.add(path + ": " + lines + " lines, at most " + MOST_LINES);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (Source source : SOURCES) {
            String folder = source.path().substring(0, source.path().lastIndexOf('/') + 1);
            String inMain = folder.replace("/src/test/java/", "/src/main/java/") + "package-info.java";
            if (source.path().endsWith("/module-info.java") || isInput(source.path())) {
                continue; // It stands above the packages, or is something to scan.
            }
            if (!isMarked(folder + "package-info.java") && !isMarked(inMain) && folder.contains("/src/")) {
                unmarked.add(folder);
            }
        }
        assertThat(unmarked)
                .as("packages without a package-info.java that says @NullMarked")
                .isEmpty();
    }

    /** Small trees that tests and benchmarks scan are no code of ours. */
    private static boolean isInput(String path) {
        return path.contains("/src/test/resources/") || !MODULE.matcher(path).matches();
    }

    /** Module name to pom. */
    private static Map<String, String> modules() {
        Map<String, String> modules = new TreeMap<>();
        for (String pom : TREE.paths(path -> path.endsWith("/pom.xml"))) {
            Matcher matcher = MODULE.matcher(pom);
            if (matcher.matches() && matcher.group(2).equals("pom.xml")) {
                modules.put(matcher.group(1), pom);
            }
        }
        return modules;
    }

    private static List<String> namesAgainstTheArrows(Source source) {
        Matcher matcher = MODULE.matcher(source.path());
        if (!matcher.matches()) {
            return List.of();
        }
        String module = matcher.group(1);
        boolean inTests = matcher.group(2).startsWith("src/test/");
        List<String> against = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitImport(ImportTree node, @Nullable Void nothing) {
                return visitMemberSelect((MemberSelectTree) node.getQualifiedIdentifier(), null);
            }

            @Override
            public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Void nothing) {
                Matcher ours = OUR_NAME.matcher(node.toString());
                if (ours.matches() && !Arrows.mayDepend(module, ours.group(1), inTests)) {
                    against.add(source.at(node) + ": " + module + " names " + node);
                }
                return null;
            }
        }.scan(source.unit(), null);
        return against;
    }

    private static Map<String, String> adapters() {
        return listed("real-time.txt");
    }

    /** The exceptions from a rule that {@code file} lists: place to reason. */
    private static Map<String, String> listed(String file) {
        Map<String, String> listed = new TreeMap<>();
        for (String line :
                TREE.text("build/tidy/src/test/resources/" + file).lines().toList()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] parts = line.split(" : ", 2);
                assertThat(parts).as("place : reason, in " + file + ": " + line).hasSize(2);
                assertThat(parts[1]).as("the reason in " + file + ": " + line).isNotBlank();
                listed.put(parts[0].strip(), parts[1].strip());
            }
        }
        return listed;
    }

    private static boolean isMarked(String packageInfo) {
        return TREE.has(packageInfo) && TREE.text(packageInfo).contains("@NullMarked");
    }

    private static <T> List<T> all(Function<Source, List<T>> check) {
        return SOURCES.stream().flatMap(source -> check.apply(source).stream()).toList();
    }

    private static List<String> lines(Pattern pattern) {
        return TREE.textFiles().stream()
                .flatMap(path -> Words.lines(path, TREE.text(path), pattern).stream())
                .toList();
    }
}
