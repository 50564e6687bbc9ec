package dev.poolwright.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether each rule, fault and scenario has its page, and each page its subject. */
final class Pages {
    private static final String RULES = "engine/rules/src/main/java/dev/poolwright/rules/";
    private static final String RECORDED = "engine/rules/src/test/resources/recorded/";
    private static final String SCENARIOS = "engine/files/src/main/resources/scenarios/";
    private static final String FAULTS = "engine/model/src/main/java/dev/poolwright/model/scenario/";
    private static final Set<String> FAULT_TYPES = Set.of("Fault", "ProxyFault");
    private static final Pattern RULE_CODE = Pattern.compile("PW\\d{3}");

    private Pages() {}

    /** One class, one page, at least one output that fires and one fleet that must stay silent, for each rule code. */
    static List<String> ofRules(Tree tree) {
        TreeMap<String, Integer> classes = new TreeMap<>();
        for (String path : tree.paths(path -> path.startsWith(RULES) && path.endsWith(".java"))) {
            codeAtStart(path.substring(RULES.length())).ifPresent(code -> classes.merge(code, 1, Integer::sum));
        }
        List<String> wrong = new ArrayList<>();
        classes.forEach((code, count) -> {
            if (count != 1) {
                wrong.add(code + ": " + count + " classes in " + RULES + "; one rule is one file");
            }
            need(wrong, code, tree.has("docs/rules/" + code + ".md"), "no page docs/rules/" + code + ".md");
            String fires = RECORDED + code + "/fires";
            String silent = RECORDED + code + "/silent";
            need(wrong, code, any(tree, fires, ".txt"), "no recorded output " + fires + "*.txt");
            need(wrong, code, any(tree, silent, ".yaml"), "no fleet that must stay silent " + silent + "*.yaml");
        });
        Set<String> described = new TreeSet<>();
        for (String path : tree.paths(path -> path.startsWith("docs/rules/PW") || path.startsWith(RECORDED + "PW"))) {
            codeAtStart(path.substring(path.indexOf("/PW") + 1)).ifPresent(described::add);
        }
        described.removeAll(classes.keySet());
        described.forEach(code -> wrong.add(code + ": has a page or recorded output, but no class in " + RULES));
        return wrong;
    }

    static List<String> ofScenarios(Tree tree) {
        Set<String> names = new TreeSet<>();
        for (String path : tree.paths(path -> path.startsWith(SCENARIOS) && path.endsWith(".yaml"))) {
            names.add(path.substring(SCENARIOS.length(), path.length() - ".yaml".length()));
        }
        return match(tree, "scenario", names, "docs/scenarios/");
    }

    /** Faults are the records that implement {@code Fault} or {@code ProxyFault}; their pages are named as the scenario file names them. */
    static List<String> ofFaults(Tree tree) {
        Set<String> names = new TreeSet<>();
        for (String path : tree.paths(path -> path.startsWith(FAULTS) && path.endsWith(".java"))) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitClass(ClassTree node, @Nullable Void nothing) {
                    boolean fault =
                            node.getImplementsClause().stream().anyMatch(type -> FAULT_TYPES.contains(type.toString()));
                    if (fault && node.getKind() == com.sun.source.tree.Tree.Kind.RECORD) {
                        names.add(snake(node.getSimpleName().toString()));
                    }
                    return super.visitClass(node, null);
                }
            }.scan(Source.parse(path, tree.text(path)).unit(), null);
        }
        return match(tree, "fault", names, "docs/faults/");
    }

    /** {@code PathCap} is {@code path_cap}. */
    static String snake(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static List<String> match(Tree tree, String what, Set<String> names, String folder) {
        List<String> wrong = new ArrayList<>();
        for (String name : names) {
            need(wrong, what + " " + name, tree.has(folder + name + ".md"), "no page " + folder + name + ".md");
        }
        for (String page : tree.paths(path -> path.startsWith(folder) && path.endsWith(".md"))) {
            String name = page.substring(folder.length(), page.length() - ".md".length());
            need(
                    wrong,
                    page,
                    name.equals("README") || names.contains(name),
                    "describes a " + what + " that does not exist");
        }
        return wrong;
    }

    private static void need(List<String> wrong, String about, boolean met, String otherwise) {
        if (!met) {
            wrong.add(about + ": " + otherwise);
        }
    }

    private static boolean any(Tree tree, String prefix, String suffix) {
        return !tree.paths(path -> path.startsWith(prefix) && path.endsWith(suffix))
                .isEmpty();
    }

    private static Optional<String> codeAtStart(String name) {
        Matcher matcher = RULE_CODE.matcher(name);
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
