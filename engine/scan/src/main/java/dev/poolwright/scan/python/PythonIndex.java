package dev.poolwright.scan.python;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.python.PythonDefinition.Assignment;
import dev.poolwright.scan.python.PythonDefinition.ClassDefinition;
import dev.poolwright.scan.python.PythonDefinition.External;
import dev.poolwright.scan.python.PythonDefinition.ImportDefinition;
import dev.poolwright.scan.python.PythonDefinition.ModuleDefinition;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Python modules of a tree, and what their names stand for, through imports, re-exports and aliases. Modules are parsed
 * when they are first asked for. A name is followed through at most {@value #MOST_HOPS} imports. Safe for several threads.
 */
public final class PythonIndex {

    private static final int MOST_HOPS = 12;
    private static final int MOST_DEFINITIONS = 16;

    private final Project project;
    private final ModuleFinder finder;
    private final Map<String, Optional<PythonModule>> modules = new ConcurrentHashMap<>();

    private PythonIndex(Project project) {
        this.project = project;
        this.finder = new ModuleFinder(project);
    }

    /** To be asked for as {@code project.view(PythonIndex.class, PythonIndex::of)}. */
    public static PythonIndex of(Project project) {
        return new PythonIndex(project);
    }

    /** The module of a Python file; empty for other files and for what cannot be read. */
    public Optional<PythonModule> module(SourceFile file) {
        if (file.language() != Language.PYTHON) {
            return Optional.empty();
        }
        Optional<PythonModule> known = modules.get(file.name());
        if (known == null) {
            known = project.syntax(file).map(root -> ModuleBuilder.build(file, root));
            Optional<PythonModule> other = modules.putIfAbsent(file.name(), known);
            known = other == null ? known : other;
        }
        return known;
    }

    /** The module that a name means in an import of a file; leading dots count from the file's package. Empty outside the tree. */
    public Optional<PythonModule> module(String dottedName, SourceFile from) {
        return finder.find(dottedName, from).flatMap(this::module);
    }

    /** The module that a node stands in. */
    public Optional<PythonModule> module(SyntaxNode node) {
        return project.file(node.source().file()).flatMap(this::module);
    }

    /**
     * What a name or {@code a.b.c} stands for: the last definition where there are several, with aliases ({@code x = y})
     * followed. Empty for built-in names and for attributes of objects.
     */
    public Optional<PythonDefinition> resolve(SyntaxNode nameOrAttribute) {
        return resolve(nameOrAttribute, 0);
    }

    private Optional<PythonDefinition> resolve(SyntaxNode node, int hops) {
        List<PythonDefinition> all = definitions(node, hops);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        PythonDefinition last = all.get(all.size() - 1);
        if (hops < MOST_HOPS
                && last instanceof Assignment assignment
                && assignment.how() == PythonDefinition.How.PLAIN
                && assignment.value().isPresent()
                && assignment.value().get().is("identifier", "attribute")) {
            Optional<PythonDefinition> further = resolve(assignment.value().get(), hops + 1);
            return further.isPresent() ? further : Optional.of(last);
        }
        return Optional.of(last);
    }

    /**
     * The name outside the tree that an expression stands for, for example {@code sqlalchemy.ext.asyncio.create_async_engine};
     * empty when it stands for something else. Where some definitions are in the tree and one is not, that one counts.
     */
    public String externalName(SyntaxNode nameOrAttribute) {
        for (PythonDefinition one : definitions(nameOrAttribute)) {
            if (one instanceof External external) {
                return external.dottedName();
            }
        }
        return resolve(nameOrAttribute)
                .filter(External.class::isInstance)
                .map(one -> ((External) one).dottedName())
                .orElse("");
    }

    /** All that a name or {@code a.b.c} can stand for, in the order of the text, imports followed; aliases are not followed. */
    public List<PythonDefinition> definitions(SyntaxNode nameOrAttribute) {
        return definitions(nameOrAttribute, 0);
    }

    private List<PythonDefinition> definitions(SyntaxNode node, int hops) {
        if (hops > MOST_HOPS) {
            return List.of();
        }
        if (node.is("identifier")) {
            Optional<PythonModule> module = module(node);
            if (module.isEmpty() || boundInside(node)) {
                return List.of();
            }
            Optional<PythonScope> scope = module.get().scopeAt(node).binding(node.text());
            return scope.isPresent()
                    ? followed(scope.get().named(node.text()), module.get(), hops)
                    : throughStars(module.get(), node.text(), hops);
        }
        if (node.is("attribute") && node.child("object").isPresent()) {
            Set<PythonDefinition> found = new LinkedHashSet<>();
            for (PythonDefinition owner : definitions(node.child("object").get(), hops + 1)) {
                found.addAll(attribute(owner, node.text("attribute"), node, hops + 1));
            }
            return List.copyOf(found);
        }
        return List.of();
    }

    private List<PythonDefinition> attribute(PythonDefinition owner, String name, SyntaxNode node, int hops) {
        return switch (owner) {
            case External external -> List.of(below(external.dottedName() + "." + name, node));
            case ModuleDefinition module -> member(module.module(), name, hops);
            case ClassDefinition type -> member(type.type(), name, hops);
            case Assignment assignment -> ofAlias(assignment, name, node, hops);
            default -> List.of();
        };
    }

    private List<PythonDefinition> ofAlias(Assignment assignment, String name, SyntaxNode node, int hops) {
        Optional<SyntaxNode> value = assignment.value().filter(one -> one.is("identifier", "attribute"));
        if (value.isEmpty() || assignment.how() != PythonDefinition.How.PLAIN || hops > MOST_HOPS) {
            return List.of();
        }
        List<PythonDefinition> found = new ArrayList<>();
        for (PythonDefinition one : definitions(value.get(), hops + 1)) {
            if (!(one instanceof Assignment)) {
                found.addAll(attribute(one, name, node, hops + 1));
            }
        }
        return found;
    }

    /** A name that begins outside the tree can still be a module of it, where the folders above have no {@code __init__.py}. */
    PythonDefinition below(String dottedName, SyntaxNode node) {
        Optional<PythonModule> module = ModuleFinder.isOutside(dottedName)
                ? Optional.empty()
                : project.file(node.source().file()).flatMap(from -> module(dottedName, from));
        return module.<PythonDefinition>map(ModuleDefinition::new).orElse(new External(dottedName, node));
    }

    /** What a module offers under a name: its own, a submodule's, or what it takes from others. */
    public List<PythonDefinition> member(PythonModule module, String name) {
        return member(module, name, 0);
    }

    private List<PythonDefinition> member(PythonModule module, String name, int hops) {
        if (hops > MOST_HOPS) {
            return List.of();
        }
        List<PythonDefinition> own = module.scope().named(name);
        if (!own.isEmpty()) {
            return followed(own, module, hops);
        }
        if (module.file().fileName().equals("__init__.py")) {
            Optional<PythonModule> below = module("." + name, module.file());
            if (below.isPresent()) {
                return List.of(new ModuleDefinition(below.get()));
            }
        }
        return throughStars(module, name, hops);
    }

    /** What a class offers under a name: its own, else that of the first base class in the tree that has it. */
    public List<PythonDefinition> member(PythonClass type, String name) {
        return member(type, name, 0);
    }

    private List<PythonDefinition> member(PythonClass type, String name, int hops) {
        Optional<PythonModule> module = module(type.node());
        if (hops > MOST_HOPS || module.isEmpty()) {
            return List.of();
        }
        List<PythonDefinition> own = type.body().named(name);
        if (!own.isEmpty()) {
            return followed(own, module.get(), hops);
        }
        for (SyntaxNode base : type.bases()) {
            if (resolve(base, hops + 1).orElse(null) instanceof ClassDefinition above && above.type() != type) {
                List<PythonDefinition> found = member(above.type(), name, hops + 1);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    /** Names outside the tree that a class is derived from, directly or through classes of the tree. */
    public Set<String> externalBases(PythonClass type) {
        Set<String> found = new LinkedHashSet<>();
        externalBases(type, found, 0);
        return found;
    }

    private void externalBases(PythonClass type, Set<String> found, int hops) {
        for (SyntaxNode base : type.bases()) {
            SyntaxNode name = base.is("subscript") ? base.child("value").orElse(base) : base;
            PythonDefinition above = resolve(name, hops).orElse(null);
            if (above instanceof External external) {
                found.add(external.dottedName());
            } else if (above instanceof ClassDefinition other && hops < MOST_HOPS) {
                externalBases(other.type(), found, hops + 1);
            }
        }
    }

    private List<PythonDefinition> followed(List<PythonDefinition> definitions, PythonModule module, int hops) {
        Set<PythonDefinition> found = new LinkedHashSet<>();
        for (PythonDefinition one : definitions) {
            if (found.size() > MOST_DEFINITIONS) {
                break;
            }
            if (one instanceof ImportDefinition imported) {
                found.addAll(followed(imported.statement(), module, hops + 1));
            } else {
                found.add(one);
            }
        }
        return List.copyOf(found);
    }

    List<PythonDefinition> followed(PythonImport statement, PythonModule module) {
        return followed(statement, module, 0);
    }

    private List<PythonDefinition> followed(PythonImport statement, PythonModule module, int hops) {
        if (hops > MOST_HOPS) {
            return List.of();
        }
        if (statement.name().isEmpty()) {
            boolean first = !statement.module().equals(statement.local())
                    && statement.module().startsWith(statement.local() + ".");
            String name = first ? statement.local() : statement.module();
            Optional<PythonModule> target = module(name, module.file());
            if (target.isEmpty()
                    && first
                    && module(statement.module(), module.file()).isPresent()) {
                return List.of(new External(name, statement.node())); // a folder without __init__.py: see below()
            }
            return List.of(
                    target.<PythonDefinition>map(ModuleDefinition::new).orElse(new External(name, statement.node())));
        }
        Optional<PythonModule> source = module(statement.module(), module.file());
        if (source.isPresent() && source.get() != module) {
            List<PythonDefinition> found = member(source.get(), statement.name(), hops + 1);
            if (!found.isEmpty()) {
                return found;
            }
        }
        String separator = statement.module().endsWith(".") ? "" : ".";
        String full = statement.module() + separator + statement.name();
        Optional<PythonModule> submodule = module(full, module.file());
        if (submodule.isPresent()) {
            return List.of(new ModuleDefinition(submodule.get()));
        }
        return source.isPresent() || statement.module().startsWith(".")
                ? List.of()
                : List.of(new External(full, statement.node()));
    }

    private List<PythonDefinition> throughStars(PythonModule module, String name, int hops) {
        if (hops > MOST_HOPS) {
            return List.of();
        }
        for (int i = module.imports().size() - 1; i >= 0; i--) {
            PythonImport one = module.imports().get(i);
            if (!one.star()) {
                continue;
            }
            Optional<PythonModule> source = module(one.module(), module.file());
            if (source.isPresent() && source.get() != module) {
                List<PythonDefinition> found = member(source.get(), name, hops + 1);
                if (!found.isEmpty()) {
                    return found;
                }
            } else if (source.isEmpty() && !name.startsWith("_") && StarNames.offers(one.module(), name)) {
                return List.of(new External(one.module() + "." + name, one.node()));
            }
        }
        return List.of();
    }

    /** Whether a comprehension or lambda around a name binds it itself. */
    static boolean boundInside(SyntaxNode name) {
        SyntaxNode below = name;
        Optional<SyntaxNode> up = name.parent();
        while (up.isPresent() && !up.get().is("function_definition", "class_definition", "module")) {
            SyntaxNode around = up.get();
            if (around.is("lambda") && below.field().equals("body")) {
                if (around.child("parameters").stream()
                        .flatMap(all -> all.all("identifier"))
                        .anyMatch(one -> one.text().equals(name.text()))) {
                    return true;
                }
            } else if (around.type().endsWith("comprehension") || around.is("generator_expression")) {
                if (around.children().stream()
                        .filter(one -> one.is("for_in_clause"))
                        .flatMap(one -> one.child("left").stream())
                        .flatMap(left -> left.all("identifier"))
                        .anyMatch(one -> one.text().equals(name.text()))) {
                    return true;
                }
            }
            below = around;
            up = around.parent();
        }
        return false;
    }
}
