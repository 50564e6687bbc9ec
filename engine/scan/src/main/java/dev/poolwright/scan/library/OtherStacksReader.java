package dev.poolwright.scan.library;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The database libraries of stacks that no reader knows yet, from their build files by line, so that {@link Unread} can say what
 * was not read. Named {@code Go: pgx}, so that they are nobody else's; without versions.
 */
final class OtherStacksReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.LIBRARIES;
    }

    @Override
    public Interest interest() {
        return Interest.named(
                EnumSet.of(Language.OTHER, Language.TOML, Language.JSON, Language.ELIXIR, Language.XML),
                file -> of(file).isPresent());
    }

    private static Optional<UnreadStack> of(SourceFile file) {
        String name = file.fileName();
        return switch (name) {
            case "go.mod" -> Optional.of(UnreadStack.GO);
            case "Gemfile" -> Optional.of(UnreadStack.RUBY);
            case "mix.exs" -> Optional.of(UnreadStack.ELIXIR);
            case "composer.json" -> Optional.of(UnreadStack.PHP);
            case "Cargo.toml" -> Optional.of(UnreadStack.RUST);
            default ->
                name.endsWith(".csproj") || name.equals("Directory.Packages.props")
                        ? Optional.of(UnreadStack.DOTNET)
                        : Optional.empty();
        };
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Found found = new Found(file, facts);
        of(file).ifPresent(stack -> Lines.each(
                file,
                project,
                (line, origin) -> stack.declaredIn(line)
                        .forEach(name -> found.add(Unread.name(stack, name), Allowed.ANY, origin))));
    }
}
