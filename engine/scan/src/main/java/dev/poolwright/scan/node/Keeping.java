package dev.poolwright.scan.node;

import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/**
 * How long a pool that code makes is kept.
 *
 * @param function the function that makes it for each call; only with {@link Scope#CALL}
 * @param closed whether that function closes it again
 */
record Keeping(Scope scope, Optional<SyntaxNode> function, boolean closed) {

    /**
     * How far the pool has been followed.
     *
     * @param beyond whether callers in other files are looked for
     */
    private record Way(int depth, boolean beyond) {
        Way next() {
            return new Way(depth + 1, beyond);
        }
    }

    static final Keeping PROCESS = new Keeping(Scope.PROCESS, Optional.empty(), false);
    private static final Keeping BY_KEY = new Keeping(Scope.KEY, Optional.empty(), false);
    private static final int DEEPEST = 4;
    private static final int MOST_NAMES = 8;

    static Keeping of(NodeModule module, SyntaxNode made) {
        return of(module, made, new Way(0, false));
    }

    private static Keeping of(NodeModule module, SyntaxNode made, Way way) {
        Optional<SyntaxNode> around = Functions.around(made);
        if (around.isEmpty() || way.depth() > DEEPEST) {
            return PROCESS;
        }
        SyntaxNode function = around.get();
        SyntaxNode at = made;
        boolean given = false;
        for (int i = 0; i < 40 && at.parent().isPresent(); i++) {
            SyntaxNode up = at.parent().get();
            if (up == function) {
                return factory(module, function, way); // the body of an arrow function
            }
            switch (up.type()) {
                case "variable_declarator" -> {
                    return declared(module, function, up.child("name").orElse(up), way);
                }
                case "assignment_expression", "augmented_assignment_expression" -> {
                    return assigned(module, function, up.child("left").orElse(up), way);
                }
                case "return_statement" -> {
                    return factory(module, function, way);
                }
                case "public_field_definition", "field_definition" -> {
                    return PROCESS;
                }
                case "arguments" -> {
                    String called = up.parent().map(Texts::called).orElse("");
                    if (called.equals("set")) {
                        return BY_KEY;
                    }
                    given = true;
                }
                case "expression_statement" -> {
                    // given to something that keeps it, or made for its effect; else used once: new Pool().query(...)
                    return given || at == made ? PROCESS : call(module, function);
                }
                case "statement_block" -> {
                    return PROCESS;
                }
                default -> {}
            }
            at = up;
        }
        return PROCESS;
    }

    private static Keeping assigned(NodeModule module, SyntaxNode function, SyntaxNode left, Way way) {
        if (way.depth() > DEEPEST) {
            return PROCESS;
        }
        if (left.is("subscript_expression")) {
            return left.child("index")
                            .filter(key ->
                                    key.is("string", "identifier") && key.text().matches("[\"'].*|[A-Z_]+"))
                            .isPresent()
                    ? PROCESS
                    : BY_KEY;
        }
        if (left.text().startsWith("this.") && Functions.isConstructor(function)) {
            return constructed(module, function, way);
        }
        if (!left.is("identifier")) {
            return PROCESS; // a field, a global
        }
        Optional<Binding> binding = module.bindings().at(left, left.text());
        boolean own = binding.isPresent()
                && binding.get() instanceof Binding.Variable variable
                && function.contains(variable.name());
        return own ? local(module, function, left.text(), way) : PROCESS;
    }

    /** Kept in a field of each object: as long as the objects are, where each place that makes one is seen to drop it. */
    private static Keeping constructed(NodeModule module, SyntaxNode constructor, Way way) {
        Optional<SyntaxNode> type = constructor.above("class_declaration");
        if (type.isEmpty() || closes(type.get())) {
            return PROCESS;
        }
        List<Constructions> all = Constructions.of(module, type.get());
        Keeping found = PROCESS;
        for (Constructions one : all) {
            found = of(one.module(), one.made(), new Way(way.depth() + 1, true));
            if (found.scope() != Scope.CALL
                    || found.function().filter(Keeping::keepsIt).isPresent()) {
                return PROCESS;
            }
        }
        return found;
    }

    /** A class that closes what it holds leaves it to whoever made the object. */
    private static boolean closes(SyntaxNode type) {
        return type.all("call_expression")
                .anyMatch(call -> Texts.called(call).matches("end|\\$disconnect|destroy|close|terminate"));
    }

    private static boolean keepsIt(SyntaxNode function) {
        return Functions.isConstructor(function);
    }

    /** Taken apart into several variables, the one that is kept decides. */
    private static Keeping declared(NodeModule module, SyntaxNode function, SyntaxNode name, Way way) {
        if (!name.is("object_pattern", "array_pattern")) {
            return local(module, function, name.text(), way);
        }
        List<Keeping> each = name.all("identifier", "shorthand_property_identifier_pattern")
                .limit(MOST_NAMES)
                .map(one -> local(module, function, one.text(), way.next()))
                .toList();
        return each.stream()
                .filter(one -> one.scope() != Scope.CALL || one.closed())
                .findFirst()
                .orElseGet(() -> call(module, function));
    }

    /** Kept in a variable of the function: what becomes of that variable. */
    private static Keeping local(NodeModule module, SyntaxNode function, String name, Way way) {
        boolean closed = false;
        for (SyntaxNode use : function.all("identifier", "shorthand_property_identifier")
                .filter(one -> one.text().equals(name))
                .toList()) {
            SyntaxNode at = use;
            for (int i = 0; i < 12 && at.parent().isPresent() && at.parent().get() != function; i++) {
                SyntaxNode up = at.parent().get();
                if (up.is("member_expression")
                        && up.child("object").filter(at::equals).isPresent()) {
                    closed |= up.text("property").matches("end|\\$disconnect|destroy|close|terminate");
                    if (!up.text("property").matches("extend|\\$extends")) {
                        break;
                    }
                }
                if (up.is("assignment_expression", "augmented_assignment_expression")) {
                    if (up.child("right").filter(at::equals).isPresent()) {
                        Keeping kept =
                                assigned(module, function, up.child("left").orElse(up), way.next());
                        if (kept.scope() != Scope.CALL) {
                            return kept;
                        }
                    }
                    break;
                }
                if (up.is("return_statement") || (at != use && up.is("arrow_function"))) {
                    return factory(module, function, way);
                }
                if (up.is("arguments")) {
                    String called = up.parent().map(Texts::called).orElse("");
                    if (called.matches("set|push|add")) {
                        return BY_KEY;
                    }
                    if (called.matches("(?i).*(decorate|provide|register|inject|keep|cache|bind|use|resolve).*")) {
                        return PROCESS;
                    }
                    // drizzle(pool), new Kysely({ pool }): what holds it decides
                }
                if (up.is("variable_declarator")) {
                    String holder = up.text("name");
                    if (!holder.equals(name) && way.depth() < DEEPEST && holder.matches("\\w+") && at != use) {
                        Keeping kept = local(module, function, holder, way.next());
                        if (kept.scope() != Scope.CALL) {
                            return kept;
                        }
                        closed |= kept.closed();
                    }
                    break;
                }
                if (up.is("expression_statement", "statement_block")) {
                    break;
                }
                at = up;
            }
        }
        if (Handlers.runsOnce(module, function)) {
            return PROCESS;
        }
        Keeping found = call(module, function);
        return new Keeping(found.scope(), found.function(), closed);
    }

    private static Keeping call(NodeModule module, SyntaxNode function) {
        return Handlers.runsOnce(module, function) ? PROCESS : new Keeping(Scope.CALL, Optional.of(function), false);
    }

    /** Returned to whoever calls the function: each caller decides; whoever is not seen is taken to keep it. */
    private static Keeping factory(NodeModule module, SyntaxNode function, Way way) {
        List<SyntaxNode> calls = NodeNames.calls(module, function);
        List<Constructions> all = calls.isEmpty() && way.beyond()
                ? Constructions.calls(module, function)
                : calls.stream().map(call -> new Constructions(module, call)).toList();
        Keeping found = PROCESS;
        for (Constructions call : all) {
            Keeping one = of(call.module(), call.made(), way.next());
            if (one.scope() == Scope.PROCESS) {
                return PROCESS;
            }
            found = one;
        }
        return found;
    }
}
