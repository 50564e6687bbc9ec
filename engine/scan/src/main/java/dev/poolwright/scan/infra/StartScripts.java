package dev.poolwright.scan.infra;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Follows a start command into the shell script of the tree that it runs. */
final class StartScripts {

    private static final int MOST_HOPS = 2;
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "source", ".");

    private StartScripts() {}

    /** The commands, and those of the scripts that they run, each after the command that runs it. */
    static List<StartCommand> followed(List<StartCommand> commands, String folder, Project project) {
        return followed(commands, folder, project, 0);
    }

    private static List<StartCommand> followed(List<StartCommand> commands, String folder, Project project, int hops) {
        List<StartCommand> all = new ArrayList<>();
        for (StartCommand command : commands) {
            all.add(command);
            Optional<SourceFile> script =
                    hops < MOST_HOPS ? script(command).flatMap(path -> find(path, folder, project)) : Optional.empty();
            script.ifPresent(
                    file -> all.addAll(followed(commands(file, command, project), file.folder(), project, hops + 1)));
        }
        return all;
    }

    private static Optional<String> script(StartCommand command) {
        Stream<String> words =
                SHELLS.contains(command.program()) ? command.options().stream() : Stream.of(command.program());
        return words.filter(word -> word.endsWith(".sh")).findFirst();
    }

    private static Optional<SourceFile> find(String path, String folder, Project project) {
        String last = Paths.last(path);
        Optional<SourceFile> near = Paths.in(folder, path).flatMap(project::file);
        if (near.isPresent()) {
            return near;
        }
        List<SourceFile> named = TreeIndex.of(project).named(last);
        List<SourceFile> below = named.stream()
                .filter(file -> folder.isEmpty() || file.name().startsWith(folder + "/"))
                .toList();
        if (below.size() == 1) {
            return Optional.of(below.getFirst());
        }
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    private static List<StartCommand> commands(SourceFile file, StartCommand from, Project project) {
        if (file.language() != Language.SHELL || file.size() > 256 << 10) {
            return List.of();
        }
        return commands(file, project, from.variables());
    }

    /** The commands of a script, each with the place of the line that names its program. */
    static List<StartCommand> commands(
            SourceFile file,
            Project project,
            java.util.Map<String, dev.poolwright.model.fleet.Value<String>> variables) {
        String text = project.text(file).map(SourceText::text).orElse("");
        List<StartCommand> found = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (StartCommand command : StartCommand.ofShell(text, variables, new Origin(file.name(), 1, 1))) {
            int line = 0;
            for (int i = 0; i < lines.size() && line == 0; i++) {
                String plain = lines.get(i).strip();
                line = plain.contains(command.program()) && !plain.startsWith("#") ? i + 1 : 0;
            }
            found.add(new StartCommand(
                    command.program(),
                    command.options(),
                    command.variables(),
                    new Origin(file.name(), Math.max(1, line), 1)));
        }
        return found;
    }
}
