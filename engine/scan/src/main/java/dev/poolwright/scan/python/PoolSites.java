package dev.poolwright.scan.python;

import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.python.PythonDefinition.Assignment;
import dev.poolwright.scan.python.PythonDefinition.How;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the pool of a call goes: to a name of the module, to an object, into a cache, or nowhere. A function that only makes
 * and returns one is followed to its callers, so that each of them counts. What nothing uses does not count.
 */
final class PoolSites {

    private static final int MOST_CALLERS = 6;
    private static final int MOST_HOPS = 3;
    private static final Pattern CACHED = Pattern.compile("(?i).*(cache|memo|singleton|run_once|\\bonce\\b).*");
    private static final Pattern ONCE = Pattern.compile(
            "(?i)_*(main|lifespan|app_?lifespan|startup|on_?startup|start|run|serve|init|initialize|setup|configure"
                    + "|create_app|make_app|build_app|bootstrap|__init__|includeme|on_connect|connect|open|cli|entrypoint|handle"
                    + "|.*_(startup|lifespan|main)|(build|make|create|new|get|provide)_.*(app|application|server|service|router|container|worker|bot|context|factory)"
                    + "|(init|setup|startup|configure|connect|start|open|initialize|create)_.*(db|database|pool|app|engine|storage|resources|connections?))");
    private static final Pattern ONCE_DECORATOR = Pattern.compile(
            "(?i).*(on_event|startup|before_serving|listener|on_init|worker_process_init|worker_init|\\.connect\\b|click\\.|\\.command|fixture).*");
    private static final Pattern HANDLER = Pattern.compile(
            "(?s).*\\.(get|post|put|patch|delete|head|options|route|websocket|api_route|task|errorhandler|view|action)\\b.*|(?s)shared_task.*|(?s)api_view.*");
    private static final Pattern TESTING =
            Pattern.compile("(?i).*(\\b|_)(is_)?(test|tests|testing|pytest|unittest)(\\b|_(mode|env|run|ing)).*");

    private final Project project;
    private final PythonIndex index;
    private final Evaluator evaluator;

    PoolSites(Project project, Evaluator evaluator) {
        this.project = project;
        this.index = evaluator.index();
        this.evaluator = evaluator;
    }

    /** None where nothing uses it. */
    List<PoolSite> of(SyntaxNode call) {
        List<PoolSite> sites = new ArrayList<>();
        Frame frame = evaluator.around(call);
        follow(call, call, frame, 0, sites);
        return sites;
    }

    /** @param value the expression whose value is the pool here: the call itself, or a call of the function that returns it */
    private void follow(SyntaxNode call, SyntaxNode value, Frame frame, int hops, List<PoolSite> sites) {
        Optional<PythonModule> module = index.module(value);
        if (module.isEmpty() || sites.size() >= MOST_CALLERS) {
            return;
        }
        Optional<PythonFunction> function = module.get().functionAt(value);
        String file = module.get().file().name();
        Place place =
                tested(value) || tested(call) ? Place.TEST : module.get().file().place();
        SyntaxNode holder = held(value);
        Optional<SyntaxNode> target = target(holder);
        if (function.isEmpty()) {
            String symbol = target.map(PoolSites::symbol).orElse("line " + value.line());
            if (target.isPresent()
                    && target.get().is("identifier")
                    && unused(target.get().text(), module.get())) {
                return;
            }
            sites.add(new PoolSite(call, frame, file + "#" + symbol, Scope.PROCESS, place));
            return;
        }
        PythonFunction in = function.get();
        if (in.decorators().stream().anyMatch(one -> CACHED.matcher(one.text()).matches())) {
            boolean keyed = in.parameters().stream()
                    .anyMatch(one -> !one.name().equals("self") && !one.name().equals("cls"));
            boolean several =
                    keyed && Callers.of(project).of(in).map(List::size).orElse(2) > 1;
            sites.add(new PoolSite(
                    call, frame, file + "#" + in.qualifiedName(), several ? Scope.KEY : Scope.PROCESS, place));
            return;
        }
        Optional<Kept> kept = kept(target, holder, in, module.get());
        if (kept.isPresent()) {
            sites.add(new PoolSite(
                    call, frame, file + "#" + kept.get().symbol(), kept.get().scope(), place));
            return;
        }
        if (returned(holder, target, in) && !isOnce(in)) {
            returned(call, in, frame, file, place, hops, sites);
            return;
        }
        sites.add(new PoolSite(call, frame, file + "#" + in.qualifiedName(), scope(in, 0), place));
    }

    private void returned(
            SyntaxNode call, PythonFunction in, Frame frame, String file, Place place, int hops, List<PoolSite> sites) {
        Optional<List<SyntaxNode>> callers = Callers.of(project).of(in);
        PoolSite itself = new PoolSite(call, frame, file + "#" + in.qualifiedName(), Scope.PROCESS, place);
        if (callers.isEmpty() || hops >= MOST_HOPS) {
            sites.add(itself);
            return;
        }
        if (callers.get().isEmpty()) {
            if (index.module(in.node())
                            .filter(module -> unused(in.name(), module))
                            .isEmpty()
                    || !in.decorators().isEmpty()) {
                sites.add(itself);
            }
            return;
        }
        if (callers.get().size() > MOST_CALLERS) {
            boolean everyCall = callers.get().stream()
                    .allMatch(one -> index.module(one)
                            .flatMap(module -> module.functionAt(one))
                            .filter(around -> !isOnce(around))
                            .isPresent());
            sites.add(new PoolSite(call, frame, itself.name(), everyCall ? Scope.CALL : Scope.PROCESS, place));
            return;
        }
        boolean direct = in.node() == call.above("function_definition").orElse(null);
        List<PoolSite> followed = new ArrayList<>();
        for (SyntaxNode caller : callers.get()) {
            Frame around = evaluator.around(caller);
            follow(call, caller, direct ? evaluator.frameOf(in, caller, around) : frame, hops + 1, followed);
        }
        boolean each = callers.get().size() == 1
                || callers.get().stream()
                        .allMatch(one -> index.module(one)
                                .filter(module -> module.functionAt(one).isEmpty())
                                .isPresent());
        if (each) {
            sites.addAll(followed);
        } else if (!followed.isEmpty()) { // by which ways it is made in one process is not known: at least once
            boolean everyCall = followed.stream().allMatch(one -> one.scope() == Scope.CALL);
            sites.add(new PoolSite(call, frame, itself.name(), everyCall ? Scope.CALL : Scope.PROCESS, place));
        }
    }

    private record Kept(String symbol, Scope scope) {}

    /** What outlives the function: a global name, an attribute, an entry. */
    private Optional<Kept> kept(
            Optional<SyntaxNode> target, SyntaxNode holder, PythonFunction in, PythonModule module) {
        if (target.isEmpty()) {
            // cache.setdefault(key, create_engine(…)), self.use(create_engine(…))
            Optional<SyntaxNode> around =
                    holder.above("call", "function_definition").filter(up -> up.is("call"));
            boolean cached = around.map(up -> up.text("function"))
                    .filter(name -> name.endsWith(".setdefault"))
                    .isPresent();
            return cached ? Optional.of(new Kept(in.qualifiedName(), Scope.KEY)) : Optional.empty();
        }
        SyntaxNode to = target.get();
        if (to.is("attribute")) {
            return Optional.of(new Kept(symbol(to), Scope.PROCESS));
        }
        if (to.is("subscript")) {
            boolean constant = to.child("subscript")
                    .filter(key -> key.is("string", "integer"))
                    .isPresent();
            return Optional.of(new Kept(to.text("value").replace("self.", ""), constant ? Scope.PROCESS : Scope.KEY));
        }
        if (!to.is("identifier")) {
            return Optional.empty();
        }
        String name = to.text();
        boolean global = module.scope().named(name).stream()
                .anyMatch(one -> one instanceof Assignment assignment
                        && assignment.how() == How.GLOBAL
                        && in.node().contains(assignment.target()));
        if (global) {
            return Optional.of(new Kept(name, Scope.PROCESS));
        }
        // engine = create_engine(…); self.engine = engine; _engines[key] = engine; self.make = sessionmaker(engine)
        for (SyntaxNode assignment : in.node().all("assignment").toList()) {
            Optional<SyntaxNode> left = assignment.child("left");
            boolean given = assignment
                    .child("right")
                    .filter(right -> right.start() > to.end())
                    .filter(right -> right.all("identifier")
                            .anyMatch(one -> one.text().equals(name)
                                    && Set.of("", "value", "right").contains(one.field())))
                    .isPresent();
            if (given && left.isPresent() && left.get().is("attribute", "subscript")) {
                return kept(left, assignment, in, module);
            }
            if (given
                    && left.isPresent()
                    && left.get().is("identifier")
                    && !left.get().text().equals(name)) {
                boolean toGlobal =
                        module.scope().named(left.get().text()).stream().anyMatch(one -> one.node() == left.get());
                if (toGlobal) {
                    return Optional.of(new Kept(left.get().text(), Scope.PROCESS));
                }
            }
        }
        return Optional.empty();
    }

    /** The expression that has the same value: through {@code await}, brackets, {@code or} and {@code if … else}. */
    private static SyntaxNode held(SyntaxNode value) {
        SyntaxNode now = value;
        Optional<SyntaxNode> up = now.parent();
        while (up.isPresent()
                && up.get().is("await", "parenthesized_expression", "boolean_operator", "conditional_expression")) {
            now = up.get();
            up = now.parent();
        }
        return now;
    }

    private static Optional<SyntaxNode> target(SyntaxNode value) {
        Optional<SyntaxNode> up = value.parent();
        if (up.isEmpty()) {
            return Optional.empty();
        }
        SyntaxNode around = up.get();
        if (around.is("assignment") && value.field().equals("right")) {
            return around.child("left");
        }
        if (around.is("named_expression")) {
            return around.child("name");
        }
        if (around.is("as_pattern")) {
            return around.child("alias")
                    .flatMap(alias -> alias.children().stream().findFirst());
        }
        return Optional.empty();
    }

    private static boolean returned(SyntaxNode value, Optional<SyntaxNode> target, PythonFunction in) {
        if (value.parent().filter(up -> up.is("return_statement", "yield")).isPresent()) {
            return true;
        }
        return target.filter(to -> to.is("identifier")).isPresent()
                && in.body().stream()
                        .flatMap(body -> body.all("return_statement", "yield"))
                        .flatMap(one -> one.children().stream())
                        .flatMap(one -> one.is("tuple", "expression_list", "dictionary")
                                ? one.all("identifier")
                                : java.util.stream.Stream.of(one))
                        .anyMatch(one -> one.text().equals(target.get().text()));
    }

    private Scope scope(PythonFunction function, int hops) {
        if (isOnce(function) || hops > MOST_HOPS) {
            return Scope.PROCESS;
        }
        if (function.decorators().stream()
                .anyMatch(one -> HANDLER.matcher(one.text()).matches())) {
            return Scope.CALL;
        }
        Optional<List<SyntaxNode>> callers = Callers.of(project).of(function);
        if (callers.isEmpty()) {
            return Scope.CALL; // more callers than are followed
        }
        if (callers.get().isEmpty()) {
            return Scope.PROCESS;
        }
        boolean once = callers.get().stream()
                .allMatch(call -> index.module(call)
                        .flatMap(module -> module.functionAt(call))
                        .map(around -> around != function && scope(around, hops + 1) == Scope.PROCESS)
                        .orElse(call.above("for_statement", "while_statement").isEmpty()));
        return once ? Scope.PROCESS : Scope.CALL;
    }

    private static boolean isOnce(PythonFunction function) {
        return ONCE.matcher(function.name()).matches()
                || function.decorators().stream()
                        .anyMatch(one -> ONCE_DECORATOR.matcher(one.text()).matches());
    }

    private static String symbol(SyntaxNode target) {
        if (target.is("attribute") && target.text("object").matches("self|cls")) {
            return target.above("class_definition")
                            .map(type -> type.text("name") + ".")
                            .orElse("")
                    + target.text("attribute");
        }
        return Text.brief(target);
    }

    /** Whether a condition around it says that it is for tests. */
    private static boolean tested(SyntaxNode node) {
        SyntaxNode below = node;
        Optional<SyntaxNode> up = node.parent();
        while (up.isPresent()) {
            SyntaxNode around = up.get();
            if (around.is("if_statement", "elif_clause") && below.field().equals("consequence")) {
                String condition = around.text("condition").toLowerCase(Locale.ROOT);
                if (TESTING.matcher(condition).matches() && !condition.contains("not ") && !condition.contains("!=")) {
                    return true;
                }
            }
            below = around;
            up = around.parent();
        }
        return false;
    }

    /** Whether nothing but its making names a name of a module, tests left out. Where nobody knows, it is false. */
    private boolean unused(String name, PythonModule module) {
        Optional<List<dev.poolwright.scan.tree.SourceFile>> files =
                Identifiers.of(project).files(name, MOST_CALLERS);
        if (name.startsWith("__") || files.isEmpty()) {
            return false;
        }
        List<SyntaxNode> makings =
                module.scope().named(name).stream().map(PythonDefinition::node).toList();
        return files.get().stream()
                .flatMap(file -> index.module(file).stream())
                .flatMap(one -> one.root().all("identifier", "string_content"))
                .filter(node -> node.text().equals(name))
                .noneMatch(node -> uses(node, makings, module));
    }

    /** Whether this name, or a text that holds it, may mean the one that is made there. */
    private boolean uses(SyntaxNode node, List<SyntaxNode> makings, PythonModule module) {
        if (makings.contains(node)
                || makings.stream()
                        .anyMatch(making ->
                                node.parent().filter(up -> up == making).isPresent())) {
            return false;
        }
        boolean here = node.source().file().equals(module.file().name());
        if (node.is("string_content")) {
            return here
                    || index.module(node).filter(other -> names(other, module)).isPresent();
        }
        SyntaxNode whole = node.field().equals("attribute") ? node.parent().orElse(node) : node;
        List<PythonDefinition> meant = index.definitions(whole);
        if (meant.isEmpty()) {
            return whole.is("attribute") || node.above("import_from_statement").isPresent() || here;
        }
        return meant.stream().anyMatch(one -> makings.contains(one.node()));
    }

    private boolean names(PythonModule other, PythonModule module) {
        return other.imports().stream()
                .anyMatch(one -> index.module(one.module(), other.file())
                        .filter(found -> found == module)
                        .isPresent());
    }
}
