package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Dockerfile.
 *
 * @param commands that its image starts, those of scripts in the tree among them
 * @param variables that its {@code ENV} lines set
 * @param copied folders and files of the tree that it copies, as written
 */
record BuildFile(List<StartCommand> commands, Map<String, Value<String>> variables, List<String> copied) {

    static Optional<BuildFile> of(SourceFile file, Project project) {
        return project.config(file).stream().findFirst().map(node -> read(node, file, project));
    }

    private static BuildFile read(ConfigNode root, SourceFile file, Project project) {
        Map<String, Value<String>> variables = new HashMap<>();
        List<String> copied = new ArrayList<>();
        ConfigNode entrypoint = null;
        ConfigNode start = null;
        for (ConfigNode line : root.items()) {
            switch (line.text("instruction")) {
                case "ENV", "ARG" ->
                    line.entries("pairs").forEach((name, value) -> {
                        Value<String> text = Manifest.plain(value);
                        if (!text.or("").isEmpty()) {
                            variables.put(
                                    name,
                                    Values.masked(name, StartCommand.resolved(text.or(""), variables, value.origin())));
                        }
                    });
                case "FROM" -> {
                    entrypoint = null;
                    start = null;
                }
                case "ENTRYPOINT" -> {
                    entrypoint = line;
                    start = null; // an ENTRYPOINT resets the CMD of what is below it
                }
                case "CMD" -> start = line;
                case "COPY", "ADD" -> copied.addAll(copied(line));
                default -> {}
            }
        }
        List<StartCommand> commands = new ArrayList<>();
        if (entrypoint != null && start != null && isList(entrypoint)) {
            List<String> words = new ArrayList<>(words(entrypoint));
            words.addAll(words(start));
            commands.addAll(StartCommand.of(words, variables, entrypoint.origin()));
        }
        for (ConfigNode line : java.util.stream.Stream.of(Optional.ofNullable(start), Optional.ofNullable(entrypoint))
                .flatMap(Optional::stream)
                .toList()) {
            commands.addAll(
                    isList(line)
                            ? StartCommand.of(words(line), variables, line.origin())
                            : StartCommand.ofShell(line.text("text"), variables, line.origin()));
        }
        return new BuildFile(StartScripts.followed(commands, file.folder(), project), variables, copied);
    }

    private static boolean isList(ConfigNode line) {
        return line.text("text").stripLeading().startsWith("[");
    }

    private static List<String> words(ConfigNode line) {
        return line.items("words").stream()
                .map(word -> word instanceof ConfigNode.Scalar scalar ? scalar.text() : "")
                .toList();
    }

    private static List<String> copied(ConfigNode line) {
        List<String> words = words(line);
        if (words.stream().anyMatch(word -> word.startsWith("--from"))) {
            return List.of();
        }
        List<String> paths =
                words.stream().filter(word -> !word.startsWith("--")).toList();
        return paths.subList(0, Math.max(0, paths.size() - 1));
    }

    /**
     * The folder of the code that it packs, when it is built in a context folder under a name.
     *
     * @return relative to the root of the tree; the context where nothing is nearer
     */
    String source(String context, String service, Project project) {
        List<String> folders = copied.stream()
                .map(path -> Paths.in(context, path).orElse(""))
                .filter(path -> !path.isEmpty()
                        && !path.equals(context)
                        && project.file(path).isEmpty())
                .filter(path -> TreeIndex.of(project).isFolder(path))
                .distinct()
                .toList();
        boolean everything = copied.stream().anyMatch(path -> path.matches("\\.?/?"));
        boolean inProgram = !context.isEmpty() && !Paths.isAround(context);
        if (folders.isEmpty() || everything || inProgram) {
            return context;
        }
        String plain = plain(service);
        Optional<String> named = folders.stream()
                .filter(path -> {
                    String last = plain(Paths.last(path));
                    return last.length() > 2 && (last.contains(plain) || plain.contains(last));
                })
                .findFirst();
        return named.orElse(folders.size() == 1 && !Paths.isAround(folders.getFirst()) ? folders.getFirst() : context);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
