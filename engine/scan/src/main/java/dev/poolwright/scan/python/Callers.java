package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who calls a function of the tree, by name and then by what the name stands for. Safe for several threads. */
final class Callers {

    private static final int MOST_FILES = 6;

    private final Project project;
    private final Map<String, Map<String, List<SyntaxNode>>> calls = new ConcurrentHashMap<>();

    private Callers(Project project) {
        this.project = project;
    }

    static Callers of(Project project) {
        return project.view(Callers.class, Callers::new);
    }

    /** Its calls outside tests; empty where there are more files than are followed, or the tree is too large to tell. */
    Optional<List<SyntaxNode>> of(PythonFunction function) {
        PythonIndex index = project.view(PythonIndex.class, PythonIndex::of);
        String name = function.name();
        Optional<String> type = function.classNode().map(node -> node.text("name"));
        String wanted = name.equals("__init__") && type.isPresent() ? type.get() : name;
        List<SourceFile> files = new ArrayList<>();
        index.module(function.node()).ifPresent(module -> files.add(module.file()));
        Optional<List<SourceFile>> others = Identifiers.of(project).files(wanted, MOST_FILES);
        if (others.isEmpty()) {
            return Optional.empty();
        }
        others.get().stream()
                .filter(file ->
                        files.isEmpty() || !file.name().equals(files.getFirst().name()))
                .forEach(files::add);
        List<SyntaxNode> found = new ArrayList<>();
        for (SourceFile file : files) {
            if (file.place() == Place.TEST) {
                continue;
            }
            for (SyntaxNode call : byName(index, file).getOrDefault(wanted, List.of())) {
                if (calls(call, function, wanted, index)) {
                    found.add(call);
                }
            }
        }
        return Optional.of(found);
    }

    private static boolean calls(SyntaxNode call, PythonFunction function, String wanted, PythonIndex index) {
        SyntaxNode callee = call.child("function").orElse(call);
        PythonDefinition resolved = index.resolve(callee).orElse(null);
        if (resolved instanceof PythonDefinition.FunctionDefinition one) {
            return one.function() == function;
        }
        if (resolved instanceof PythonDefinition.ClassDefinition one) {
            return function.classNode()
                    .filter(node -> node == one.type().node())
                    .isPresent();
        }
        // self.make(5), pool.make(5): the name of a method is all there is to go by
        return function.classNode().isPresent()
                && callee.is("attribute")
                && callee.text("attribute").equals(wanted)
                && (!callee.text("object").equals("self")
                        || index.module(call)
                                .flatMap(module -> module.classAt(call))
                                .filter(type -> function.classNode()
                                        .filter(node -> node == type.node())
                                        .isPresent())
                                .isPresent());
    }

    private Map<String, List<SyntaxNode>> byName(PythonIndex index, SourceFile file) {
        Map<String, List<SyntaxNode>> known = calls.get(file.name());
        if (known == null) {
            Map<String, List<SyntaxNode>> made = new HashMap<>();
            index.module(file)
                    .ifPresent(module -> module.root().all("call").forEach(call -> {
                        SyntaxNode callee = call.child("function").orElse(call);
                        String name = callee.is("attribute") ? callee.text("attribute") : callee.text();
                        made.computeIfAbsent(name, key -> new ArrayList<>(1)).add(call);
                    }));
            calls.putIfAbsent(file.name(), made);
            known = made;
        }
        return known;
    }
}
