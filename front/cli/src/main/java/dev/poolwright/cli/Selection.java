package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.files.FleetFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.model.scenario.Expectation;
import dev.poolwright.model.scenario.Expectation.Cycle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which expectations of a proof file are put to the proof, and how thoroughly. */
final class Selection {

    /** Each night there is time to repeat what else is measured once. */
    private static final int REPEATS_AT_NIGHT = 5;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            defaultValue = "",
            description =
                    "only pairs whose scenario matches this, with * for any letters and ? for one; without them, pairs whose fleet or scenario contains it")
    private String only = "";

    @Option(
            names = "--cycle",
            paramLabel = "CYCLE",
            converter = CycleWord.class,
            description =
                    "2m: the pairs of the short cycle, each measured once, as fast as is honest; 15m: also those at their stated times; 60m: all, five times (default: the pairs of 2m, five times)")
    private Optional<Cycle> cycle = Optional.empty();

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "",
            description = "only pairs of this environment, and those that name none where the fleet has it")
    private String environment = "";

    /** The chosen ones, in the order of the file. */
    List<Expectation> of(List<Expectation> all, Path directory) throws Problems {
        Cycle longest = cycle.orElse(Cycle.MINUTES_2);
        List<Expectation> chosen = new ArrayList<>();
        for (Expectation one : all) {
            if (one.cycle().compareTo(longest) <= 0 && matches(one)) {
                inEnvironment(one, directory).ifPresent(chosen::add);
            }
        }
        if (chosen.isEmpty()) {
            throw new WrongUse("only = " + only + ", cycle = " + longest.word() + ", environment = " + environment
                    + ": no pair of the proof is all of that; allowed are "
                    + all.stream()
                            .map(one -> one.fleet() + " × " + one.scenario() + " ("
                                    + one.cycle().word() + (one.environment().isEmpty() ? "" : ", " + one.environment())
                                    + ")")
                            .collect(Collectors.joining(", ")));
        }
        return chosen;
    }

    /** Repeats in the lab that the cycle asks for; empty for what the scenario needs. */
    Optional<Integer> repeats() {
        return cycle.map(one -> one == Cycle.MINUTES_60 ? REPEATS_AT_NIGHT : 1);
    }

    private boolean matches(Expectation one) {
        if (only.contains("*") || only.contains("?")) {
            String expression = ("\\Q" + only + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
            return Pattern.matches(expression, one.scenario());
        }
        return one.fleet().contains(only) || one.scenario().contains(only);
    }

    private Optional<Expectation> inEnvironment(Expectation one, Path directory) throws Problems {
        if (environment.isEmpty() || one.environment().equals(environment)) {
            return Optional.of(one);
        }
        boolean known = one.environment().isEmpty()
                && FleetFile.read(directory.resolve(one.fleet())).environments().contains(environment);
        return known ? Optional.of(one.in(environment)) : Optional.empty();
    }

    /** From {@code 2m}. */
    static final class CycleWord implements ITypeConverter<Cycle> {
        @Override
        public Cycle convert(String word) {
            return Arrays.stream(Cycle.values())
                    .filter(one -> one.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("cycle = " + word + ": allowed are "
                            + Arrays.stream(Cycle.values()).map(Cycle::word).collect(Collectors.joining(", "))));
        }
    }
}
