package dev.poolwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every value of every option of {@code prove} together with every value of every other one, in the simulator. The
 * combinations are made by taking, again and again, the one that has most pairs not had yet (as AETG does; Cohen et al. 1997).
 */
@Timeout(120)
class PairwiseOptionsTest {

    private static final String NONE = "";

    private static final Map<String, List<String>> OPTIONS = options();

    @TempDir
    private Path folder;

    private static Map<String, List<String>> options() {
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put("--stage", List.of("check", "sim"));
        options.put("--only", List.of(NONE, "sat*", "before-", "nowhere*"));
        options.put("--cycle", List.of(NONE, "2m", "15m", "60m"));
        options.put("--environment", List.of(NONE, "staging", "mars"));
        options.put("--seed", List.of(NONE, "7"));
        options.put("--repeat", List.of(NONE, "3"));
        options.put("--duration", List.of(NONE, "1ms"));
        options.put("--plots", List.of(NONE, "plots"));
        options.put("--no-lab", List.of(NONE, "yes"));
        return options;
    }

    @BeforeEach
    void writeATinyProof() throws IOException {
        for (String fleet : List.of("before", "after")) {
            Files.writeString(folder.resolve(fleet + "-tiny.yaml"), """
                    format: 1
                    fleet: tiny
                    servers: {main: {engine: postgresql, version: 15, max_connections: 100, databases: [shop]}}
                    services:
                      shop:
                        stack: {runtime: asyncio, library: sqlalchemy, version: 2.0.30, driver: asyncpg}
                        pools: {main: {to: main/shop, kind: AsyncAdaptedQueuePool, size: %s, overflow: 0, acquire_timeout: 500ms}}
                        load: {order: {rate: 20/s, pool: main, hold: {in_database: {constant: 100ms}, on_cpu: 0%%}, deadline: 10s}}
                    environments: {staging: {services: {shop: {instances: {min: 2, max: 2}}}}}
                    objectives: {success: 99%%}
                    """.formatted(fleet.equals("before") ? "1" : "12"));
        }
        Files.writeString(folder.resolve("proof.yaml"), """
                - {fleet: before-tiny.yaml, scenario: saturation, expect: breaks, chain: [pool.full shop/main, acquire.timeout shop/main], figures: {refused_wait: 10%}}
                - {fleet: after-tiny.yaml, scenario: saturation, expect: holds}
                - {fleet: after-tiny.yaml, scenario: queueing, cycle: 15m, expect: holds}
                """);
    }

    @Test
    void everyPairOfValuesDoesWhatEachOfThemSays() throws IOException {
        List<Map<String, String>> combinations = combinations();
        assertThat(combinations).hasSizeLessThan(40);
        for (Map<String, String> combination : combinations) {
            Path reports = folder.resolve("reports-" + combination.hashCode());
            Said said = said(arguments(combination, reports));
            assertThat(said.code)
                    .as("%s%n%s%s", combination, said.out, said.err)
                    .isIn(0, 1, 2);
            check(combination, said, reports);
        }
    }

    private void check(Map<String, String> combination, Said said, Path reports) {
        int pairs = expectedPairs(combination);
        if (pairs == 0) {
            assertThat(said.code).as("%s", combination).isEqualTo(2);
            assertThat(said.err).contains("no pair of the proof", "before-tiny.yaml");
            return;
        }
        String words = pairs == 1 ? "1 expectation," : pairs + " expectations,";
        assertThat(said.out).as("%s", combination).contains(words);
        assertThat(said.out)
                .contains("seed " + (value(combination, "--seed").isEmpty() ? "1" : value(combination, "--seed")));
        assertThat(reports.resolve("prove.html")).isNotEmptyFile();
        assertThat(said.out.contains(" passes: "))
                .as("%s%n%s", combination, said.out)
                .isEqualTo(!value(combination, "--duration").isEmpty());
        boolean drawn = !value(combination, "--plots").isEmpty()
                && value(combination, "--stage").equals("sim");
        assertThat(Files.exists(reports.resolve("plots"))).as("%s", combination).isEqualTo(drawn);
        if (value(combination, "--stage").equals("check")) {
            assertThat(said.out).contains("only the rules were asked for");
        } else {
            // In staging two instances of one connection each carry twice as much, so the broken one may hold there.
            assertThat(said.code).as("%s%n%s", combination, said.out).isIn(0, 1);
        }
    }

    private static int expectedPairs(Map<String, String> combination) {
        if (value(combination, "--environment").equals("mars")) {
            return 0;
        }
        String cycle = value(combination, "--cycle");
        boolean longer = cycle.equals("15m") || cycle.equals("60m");
        return switch (value(combination, "--only")) {
            case "sat*" -> 2;
            case "before-" -> 1;
            case NONE -> longer ? 3 : 2;
            default -> 0;
        };
    }

    private static String value(Map<String, String> combination, String option) {
        return combination.getOrDefault(option, NONE);
    }

    private List<String> arguments(Map<String, String> combination, Path reports) {
        List<String> arguments = new ArrayList<>(List.of("prove", folder.toString(), "--report", reports.toString()));
        combination.forEach((option, value) -> {
            if (value.equals("yes")) {
                arguments.add(option);
            } else if (!value.isEmpty()) {
                arguments.add(option);
                arguments.add(value.equals("plots") ? reports.resolve("plots").toString() : value);
            }
        });
        return arguments;
    }

    private static List<Map<String, String>> combinations() {
        Set<String> missing = new HashSet<>();
        List<String> names = List.copyOf(OPTIONS.keySet());
        for (Map<String, String> one : all(names)) {
            missing.addAll(pairs(one));
        }
        List<Map<String, String>> chosen = new ArrayList<>();
        List<Map<String, String>> all = all(names);
        while (!missing.isEmpty()) {
            Map<String, String> best = Map.of();
            long most = 0;
            for (Map<String, String> one : all) {
                long had = pairs(one).stream().filter(missing::contains).count();
                if (had > most) {
                    most = had;
                    best = one;
                }
            }
            missing.removeAll(pairs(best));
            chosen.add(best);
        }
        return chosen;
    }

    private static List<Map<String, String>> all(List<String> names) {
        List<Map<String, String>> all = new ArrayList<>(List.of(new LinkedHashMap<>()));
        for (String name : names) {
            List<Map<String, String>> next = new ArrayList<>();
            for (Map<String, String> one : all) {
                for (String value : OPTIONS.getOrDefault(name, List.of())) {
                    Map<String, String> longer = new LinkedHashMap<>(one);
                    longer.put(name, value);
                    next.add(longer);
                }
            }
            all = next;
        }
        return all;
    }

    private static Set<String> pairs(Map<String, String> one) {
        Set<String> pairs = new HashSet<>();
        List<String> parts = one.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                pairs.add(parts.get(i) + " " + parts.get(j));
            }
        }
        return pairs;
    }

    private record Said(int code, String out, String err) {}

    private static Said said(List<String> arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int code = Main.run(arguments.toArray(new String[0]));
            return new Said(code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
