package dev.poolwright.scan.node;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A place outside tests that makes an object of a class of the tree: {@code new Service(key)}. */
record Constructions(NodeModule module, SyntaxNode made) {

    private static final Set<Language> LANGUAGES = Set.of(Language.JAVASCRIPT, Language.TYPESCRIPT, Language.TSX);
    private static final int MOST_FILES = 2_000;
    private static final int MOST_PLACES = 8;

    /** All that the class's own package has; none where the package is larger than is searched, or the class has no name. */
    static List<Constructions> of(NodeModule module, SyntaxNode type) {
        String name = type.text("name");
        return search(module, name, "new " + name + "(", "new_expression", "constructor", type);
    }

    /** The same for the calls of a function that its module declares. */
    static List<Constructions> calls(NodeModule module, SyntaxNode function) {
        String name = NodeNames.functionName(function);
        return function.is("method_definition")
                ? List.of()
                : search(module, name, name + "(", "call_expression", "function", function);
    }

    private static List<Constructions> search(
            NodeModule module, String name, String word, String kind, String part, SyntaxNode target) {
        Project project = module.index().project();
        String folder = packageOf(module.file().folder(), project);
        List<SourceFile> files = project.tree().files().stream()
                .filter(file -> LANGUAGES.contains(file.language()) && file.place() != Place.TEST)
                .filter(file -> folder.isEmpty() || file.name().startsWith(folder + "/"))
                .limit(MOST_FILES + 1L)
                .toList();
        List<Constructions> found = new ArrayList<>();
        if (files.size() > MOST_FILES || name.isEmpty()) {
            return found;
        }
        NodeNames names = new NodeValues(project).names();
        for (SourceFile file : files) {
            if (project.text(file).map(SourceText::text).orElse("").contains(word)) {
                module.index()
                        .module(file)
                        .ifPresent(other -> other.root()
                                .all(kind)
                                .filter(made -> made.child(part)
                                        .filter(one -> one.text().equals(name))
                                        .filter(one -> names.of(other, one) instanceof Meaning.Code code
                                                && code.node() == target)
                                        .isPresent())
                                .forEach(made -> found.add(new Constructions(other, made))));
            }
            if (found.size() > MOST_PLACES) {
                return List.of();
            }
        }
        return found;
    }

    /** The nearest folder with a package.json. */
    private static String packageOf(String folder, Project project) {
        String at = folder;
        Optional<SourceFile> manifest = project.file(NodeIndex.join(at, "package.json"));
        for (int up = 0; up < 12 && manifest.isEmpty() && !at.isEmpty(); up++) {
            at = at.contains("/") ? at.substring(0, at.lastIndexOf('/')) : "";
            manifest = project.file(NodeIndex.join(at, "package.json"));
        }
        return at;
    }
}
