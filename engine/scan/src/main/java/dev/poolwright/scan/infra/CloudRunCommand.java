package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of {@code gcloud run deploy}. */
final class CloudRunCommand {

    private static final Pattern DEPLOY =
            Pattern.compile("\\brun\\s+(?:deploy|services\\s+update|services\\s+replace)\\b[^\\n]*");
    private static final Set<String> FLAGS = Set.of(
            "--allow-unauthenticated",
            "--no-allow-unauthenticated",
            "--quiet",
            "-q",
            "--async",
            "--no-traffic",
            "--cpu-throttling",
            "--no-cpu-throttling",
            "--cpu-boost",
            "--no-cpu-boost",
            "--no-use-http2",
            "--use-http2",
            "--session-affinity",
            "--no-session-affinity");
    private static final int MOST_CHARACTERS = 6_000;

    private CloudRunCommand() {}

    /** A command with the line, from 0, that it begins on. */
    record Found(int line, List<String> words) {}

    /** Commands in the text of a script or of a CI file. */
    static List<Found> in(String text) {
        List<Found> found = new ArrayList<>();
        Matcher deploy = DEPLOY.matcher(text);
        while (deploy.find()) {
            int begin = text.lastIndexOf('\n', deploy.start()) + 1;
            String before = text.substring(begin, deploy.start());
            if (!before.contains("gcloud") || before.strip().startsWith("#") || before.contains("echo ")) {
                continue;
            }
            String rest = text.substring(deploy.start(), Math.min(text.length(), deploy.start() + MOST_CHARACTERS));
            List<List<String>> commands = ShellWords.commands(rest);
            boolean partial =
                    commands.isEmpty() || (commands.getFirst().contains("update") && !rest.contains("-instances"));
            if (!partial) {
                int line = (int) text.substring(0, deploy.start())
                        .chars()
                        .filter(one -> one == '\n')
                        .count();
                found.add(new Found(line, commands.getFirst()));
            }
        }
        return found;
    }

    /** Whether words in a list are such a command. */
    static boolean is(List<String> words) {
        int run = words.indexOf("run");
        return run >= 0 && run + 1 < words.size() && words.get(run + 1).equals("deploy");
    }

    /**
     * What it deploys.
     *
     * @param words from {@code run} on, or with what stands before it
     */
    static Optional<CloudRunSettings> settings(
            List<String> words, String environment, Map<String, Value<String>> variables, Origin origin) {
        int deploy = Math.max(words.indexOf("deploy"), words.indexOf("update"));
        StartCommand command = new StartCommand("gcloud", words, variables, origin);
        String name = "";
        for (int i = deploy + 1; i < words.size() && name.isEmpty(); i++) {
            String word = words.get(i);
            if (word.startsWith("-")) {
                i += word.contains("=") || FLAGS.contains(word) ? 0 : 1;
            } else {
                name = StartCommand.resolved(word, variables, origin).or(word).replaceAll("[-_.]?\\$\\{?\\w+}?", "");
            }
        }
        if (deploy < 0 || name.isEmpty()) {
            return Optional.empty();
        }
        String said = environment.isEmpty() ? Environments.word(name) : environment;
        return Optional.of(new CloudRunSettings(
                name,
                said,
                "",
                Image.of(command.value("--image").map(value -> value.or("")).orElse(""))
                        .name(),
                Optional.of(count(command, "--min-instances", "--min")),
                Optional.of(count(command, "--max-instances", "--max")),
                command.value("--concurrency"),
                command.value("--timeout"),
                variables(command),
                command.value("--vpc-connector"),
                command.value("--vpc-egress")));
    }

    /** What the command does not say stays as it is at the service, so a default would be a guess. */
    private static Value<Integer> count(StartCommand command, String... options) {
        return command.value(options)
                .map(Values::integer)
                .orElseGet(() -> Values.unknown(
                        "not said: the service keeps what it has", options[0] + " of the command", command.origin()));
    }

    private static Map<String, Value<String>> variables(StartCommand command) {
        Map<String, Value<String>> set = new LinkedHashMap<>();
        for (String option : List.of("--set-env-vars", "--update-env-vars", "--env-vars")) {
            for (String word : all(command.options(), option)) {
                set.putAll(pairs(word, command));
            }
        }
        for (String word : all(command.options(), "--set-secrets")) {
            pairs(word, command)
                    .keySet()
                    .forEach(name -> set.put(
                            name, Values.unknown("comes from a secret", "the running environment", command.origin())));
        }
        return set;
    }

    private static List<String> all(List<String> words, String option) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(option) && i + 1 < words.size()) {
                found.add(words.get(i + 1));
            } else if (words.get(i).startsWith(option + "=")) {
                found.add(words.get(i).substring(option.length() + 1));
            }
        }
        return found;
    }

    /** {@code A=1,B=2}, or with another separator: {@code ^@^A=1@B=2}. */
    private static Map<String, Value<String>> pairs(String text, StartCommand command) {
        Matcher other = Pattern.compile("^\\^(.{1,3})\\^(.*)$", Pattern.DOTALL).matcher(text);
        String separator = other.matches() ? other.group(1) : ",";
        String rest = other.matches() ? other.group(2) : text;
        Map<String, Value<String>> pairs = new HashMap<>();
        for (String pair : rest.split(Pattern.quote(separator), -1)) {
            int equals = pair.indexOf('=');
            String name = equals > 0 ? pair.substring(0, equals).strip() : "";
            if (name.matches("[A-Za-z_]\\w*")) {
                Value<String> value =
                        StartCommand.resolved(pair.substring(equals + 1), command.variables(), command.origin());
                pairs.put(name, Values.masked(name, value));
            }
        }
        return pairs;
    }
}
