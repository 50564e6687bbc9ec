package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program and its options, as a manifest, a Dockerfile or a script starts it.
 *
 * @param program last part of its path, with what only wraps it taken off ({@code exec}, {@code poetry run}, {@code python -m})
 * @param variables what its environment is known to hold
 * @param origin where the command is written
 */
record StartCommand(String program, List<String> options, Map<String, Value<String>> variables, Origin origin) {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh");
    private static final Set<String> WRAPPERS = Set.of(
            "exec",
            "env",
            "time",
            "nohup",
            "command",
            "opentelemetry-instrument",
            "ddtrace-run",
            "dumb-init",
            "tini",
            "catchsegv",
            "nice",
            "doppler");
    private static final Set<String> RUNNERS =
            Set.of("poetry", "uv", "pipenv", "pdm", "rye", "hatch", "newrelic-admin", "npx", "yarn", "pnpm");
    private static final Set<String> USERS = Set.of("gosu", "su-exec", "chpst", "setpriv", "runuser");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*)=(.*)", Pattern.DOTALL);
    private static final Pattern PYTHON = Pattern.compile("python(\\d(\\.\\d+)?)?");
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(\\w+)(?::?[-=]([^{}]*))?}|\\$(\\w+)|\\$\\(([A-Z_][A-Z0-9_]*)\\)");
    private static final int MOST_WRAPPED = 12;

    StartCommand {
        options = List.copyOf(options);
        variables = Map.copyOf(variables);
    }

    /** The commands that a list of words runs: one, or those of the shell text that it hands to a shell. */
    static List<StartCommand> of(List<String> words, Map<String, Value<String>> variables, Origin origin) {
        for (int i = 0; i + 1 < words.size(); i++) {
            boolean inline = words.get(i + 1).matches("-[a-z]*c") && SHELLS.contains(last(words.get(i)));
            if (inline && i + 2 < words.size()) {
                return ofShell(words.get(i + 2), variables, origin);
            }
        }
        return one(words, variables, origin).stream().toList();
    }

    /** The commands of a shell text. What it assigns before holds for those after. */
    static List<StartCommand> ofShell(String text, Map<String, Value<String>> variables, Origin origin) {
        Map<String, Value<String>> known = new HashMap<>(variables);
        List<StartCommand> commands = new ArrayList<>();
        for (List<String> words : ShellWords.commands(text)) {
            List<String> rest = words.getFirst().equals("export") ? words.subList(1, words.size()) : words;
            boolean only =
                    rest.stream().allMatch(word -> ASSIGNMENT.matcher(word).matches());
            if (only) {
                rest.forEach(word -> assign(word, known, origin));
            } else {
                one(words, known, origin).ifPresent(commands::add);
            }
        }
        return commands;
    }

    static void assign(String word, Map<String, Value<String>> variables, Origin origin) {
        Matcher assignment = ASSIGNMENT.matcher(word);
        if (assignment.matches()) {
            variables.put(assignment.group(1), resolved(assignment.group(2), variables, origin));
        }
    }

    private static Optional<StartCommand> one(List<String> words, Map<String, Value<String>> variables, Origin origin) {
        Map<String, Value<String>> own = new HashMap<>(variables);
        List<String> rest = words;
        for (int i = 0; i < MOST_WRAPPED && !rest.isEmpty(); i++) {
            String first = last(rest.getFirst());
            int wraps = wrapping(first, rest);
            if (ASSIGNMENT.matcher(rest.getFirst()).matches()
                    && !rest.getFirst().startsWith("-")) {
                assign(rest.getFirst(), own, origin);
                wraps = 1;
            }
            if (wraps == 0) {
                return Optional.of(new StartCommand(first, rest.subList(1, rest.size()), own, origin));
            }
            rest = rest.subList(Math.min(wraps, rest.size()), rest.size());
        }
        return Optional.empty();
    }

    /** How many words at the beginning only wrap what follows. */
    private static int wrapping(String first, List<String> words) {
        boolean module = words.size() > 2 && words.get(1).equals("-m");
        if (PYTHON.matcher(first).matches()) {
            int at = words.indexOf("-m");
            return module ? 2 : at > 0 && at < 4 && at + 1 < words.size() ? at + 1 : 0;
        }
        if (WRAPPERS.contains(first)) {
            return options(words, 1);
        }
        if (USERS.contains(first)) {
            return options(words, 1) + 1;
        }
        if (RUNNERS.contains(first)) {
            int run = Math.max(words.indexOf("run"), words.indexOf("run-program"));
            return run > 0 && run < 6 ? options(words, run + 1) : first.equals("npx") ? 1 : 0;
        }
        return 0;
    }

    /** Past the options that stand from there; {@code --} ends them. */
    private static int options(List<String> words, int from) {
        int at = from;
        while (at < words.size() && words.get(at).startsWith("-")) {
            if (words.get(at++).equals("--")) {
                return at;
            }
        }
        return at;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean has(String... names) {
        return options.stream().anyMatch(option -> List.of(names).contains(option));
    }

    /** The text of an option: {@code --name value}, {@code --name=value}, {@code -n value}, {@code -n4}; the last one written. */
    Optional<String> option(String... names) {
        Optional<String> found = Optional.empty();
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            for (String name : names) {
                boolean word = name.startsWith("--");
                if (option.equals(name) && i + 1 < options.size()) {
                    found = Optional.of(options.get(i + 1));
                } else if (option.startsWith(name + "=")) {
                    found = Optional.of(option.substring(name.length() + 1));
                } else if (!word && name.length() == 2 && option.matches(name + "[\\d$].*")) {
                    found = Optional.of(option.substring(2));
                }
            }
        }
        return found;
    }

    Optional<Value<String>> value(String... names) {
        return option(names).map(text -> resolved(text, variables, origin));
    }

    /** A text with the variables in it resolved as far as they are known; their shell defaults where they are not set. */
    static Value<String> resolved(String text, Map<String, Value<String>> variables, Origin origin) {
        if (text.contains("nproc") || text.contains("cpu_count") || text.contains("getconf")) {
            return Values.unknown(
                    "depends on the number of processors: " + text, "the processors of an instance", origin);
        }
        List<Step> trail = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        int from = 0;
        while (reference.find()) {
            String name = reference.group(1) != null
                    ? reference.group(1)
                    : reference.group(3) != null ? reference.group(3) : reference.group(4);
            Value<String> set = variables.get(name);
            boolean whole = reference.start() == 0 && reference.end() == text.length();
            if (set != null && whole) {
                return set;
            }
            Optional<String> value = set == null ? Optional.ofNullable(reference.group(2)) : set.single();
            if (value.isEmpty() || value.get().contains("$")) {
                return Values.unknown(
                        "environment variable " + name + " is not known here", "the value of " + name, origin);
            }
            trail.add(new Step(set == null ? "default of " + name : name, set == null ? origin : set.origin()));
            out.append(text, from, reference.start()).append(value.get());
            from = reference.end();
        }
        out.append(text.substring(from));
        return Value.known(out.toString(), origin, trail);
    }
}
