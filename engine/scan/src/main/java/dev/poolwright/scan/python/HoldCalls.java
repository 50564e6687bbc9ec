package dev.poolwright.scan.python;

import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.python.Handle.Kind;
import dev.poolwright.scan.python.Hold.Status;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the expressions of one function do to sessions: a session borrows at its first query and gives back at commit, rollback
 * or close; a connection is out from the moment it is made. Calls of functions of the tree are walked too, at most
 * {@value #MOST_HOPS} deep and {@value #MOST_CALLS} in all.
 */
final class HoldCalls {

    static final int MOST_HOPS = 3;
    static final int MOST_CALLS = 200;

    private final Handles handles;
    private final HoldWatcher watcher;
    private final List<Step> hops;
    private final Optional<SyntaxNode> root;
    private final Set<SyntaxNode> stack;
    private final int[] budget;
    private final boolean follow;
    private final boolean always;
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Map<String, String>> carriers = new HashMap<>();

    /** For the function that is asked about. Calls are followed where a session is open or could be handed on. */
    HoldCalls(Handles handles, HoldWatcher watcher, PythonFunction function) {
        this(
                handles,
                watcher,
                List.of(),
                Optional.empty(),
                Set.of(function.node()),
                new int[] {MOST_CALLS},
                false,
                true);
    }

    /** For the function that is asked about, following every call. */
    static HoldCalls everywhere(Handles handles, HoldWatcher watcher, PythonFunction function) {
        return new HoldCalls(
                handles,
                watcher,
                List.of(),
                Optional.empty(),
                Set.of(function.node()),
                new int[] {MOST_CALLS / 4},
                true,
                true);
    }

    private HoldCalls(
            Handles handles,
            HoldWatcher watcher,
            List<Step> hops,
            Optional<SyntaxNode> root,
            Set<SyntaxNode> stack,
            int[] budget,
            boolean follow,
            boolean always) {
        this.follow = follow;
        this.always = always;
        this.handles = handles;
        this.watcher = watcher;
        this.hops = hops;
        this.root = root;
        this.stack = stack;
        this.budget = budget;
    }

    /** What a statement or expression does, its calls in the order in which they run. */
    HoldState evaluate(SyntaxNode node, HoldState in) {
        if (in.dead()
                || (node.is("function_definition", "class_definition", "lambda", "comment", "string")
                        && node.children().isEmpty())) {
            return in;
        }
        HoldState state = in;
        for (SyntaxNode child : node.children()) {
            if (!child.is("function_definition", "class_definition", "lambda")) {
                state = evaluate(child, state);
            }
        }
        if (node.is("call")) {
            state = call(node, state);
        } else if (node.is("yield") && hops.isEmpty()) {
            watcher.reached(node, state);
        } else if (node.is("assignment", "named_expression")) {
            state = assign(node, state);
        }
        return state;
    }

    private HoldState assign(SyntaxNode node, HoldState state) {
        Optional<SyntaxNode> left = node.child(node.is("assignment") ? "left" : "name");
        Optional<SyntaxNode> right = node.child(node.is("assignment") ? "right" : "value");
        if (left.isEmpty() || right.isEmpty() || !left.get().is("identifier", "attribute")) {
            return state;
        }
        String name = left.get().text();
        SyntaxNode value = right.get().is("await") ? right.get().children().get(0) : right.get();
        if (value.is("identifier", "attribute") && state.get(key(value)).isPresent()) {
            aliases.put(name, key(value));
            return state;
        }
        if (!value.is("call")) {
            return state;
        }
        carry(name, value, state);
        Optional<Handle> made = handles.of(value).filter(Handle::holds).filter(one -> !one.is(Kind.ATOMIC));
        if (made.isEmpty()) {
            return state.get(name).isPresent() ? state.without(name::equals) : state;
        }
        return open(name, made.get(), value, state);
    }

    private void carry(String name, SyntaxNode call, HoldState state) {
        SyntaxNode called = call.child("function").orElse(call);
        Optional<PythonFunction> constructor =
                handles.target(called).filter(one -> one.name().equals("__init__"));
        constructor.ifPresent(function -> {
            Map<String, String> fields = new LinkedHashMap<>();
            arguments(function, call, state)
                    .forEach((parameter, key) -> function.node()
                            .all("assignment")
                            .filter(one -> one.text("right").equals(parameter)
                                    && one.text("left").startsWith("self."))
                            .forEach(one -> fields.put(one.text("left"), key)));
            if (!fields.isEmpty()) {
                carriers.put(name, fields);
            }
        });
    }

    /** A new session or connection under a name. */
    private HoldState open(String name, Handle handle, SyntaxNode at, HoldState state) {
        String what = handle.is(Kind.CONNECTION) ? "connection from " : "session from ";
        Hold hold = new Hold(handle, Status.FREE, false, false, List.of(new Step(what + shorten(at), at.origin())));
        aliases.remove(name);
        HoldState opened = state.put(name, hold);
        return handle.is(Kind.CONNECTION) ? borrow(name, at, opened, false) : opened;
    }

    private HoldState borrow(String name, SyntaxNode at, HoldState state, boolean lock) {
        Hold hold = state.holds().get(name);
        if (hold == null || hold.held()) {
            return hold == null || !lock || hold.locked() ? state : state.put(name, hold.with(Status.HELD, true));
        }
        Hold held = hold.with(Status.HELD, lock);
        if (!held.handle().is(Kind.CONNECTION)) {
            held = held.with(new Step(Hold.FIRST_QUERY + shorten(at), at.origin()));
        }
        for (Map.Entry<String, Hold> entry : state.holds().entrySet()) {
            Hold other = entry.getValue();
            if (!entry.getKey().equals(name)
                    && other.held()
                    && other.handle().pooled()
                    && held.handle().pooled()
                    && !held.handle().pool().isEmpty()
                    && held.handle().pool().equals(other.handle().pool())
                    && !(held.given() && other.given())
                    && !(held.handle().is(Kind.REGISTRY) && other.handle().is(Kind.REGISTRY))) {
                watcher.nested(
                        root.orElse(at),
                        steps(new Step("second borrow " + shorten(at), at.origin())),
                        other,
                        always(at));
            }
        }
        watcher.borrowed(steps(new Step("borrows with " + shorten(at), at.origin())), held);
        return state.put(name, held);
    }

    /** Whether what is called runs a node each time; what stands in the function that is asked about counts as reached. */
    private boolean always(SyntaxNode node) {
        return hops.isEmpty() || (always && !isConditional(node));
    }

    private static boolean isConditional(SyntaxNode node) {
        SyntaxNode below = node;
        for (Optional<SyntaxNode> up = node.parent();
                up.isPresent();
                up = up.get().parent()) {
            if (up.get().is("function_definition")) {
                return false;
            }
            boolean test = below.field().equals("condition");
            if (!test
                    && up.get()
                            .is(
                                    "if_statement",
                                    "elif_clause",
                                    "else_clause",
                                    "except_clause",
                                    "case_clause",
                                    "conditional_expression")) {
                return true;
            }
            below = up.get();
        }
        return false;
    }

    private List<Step> steps(Step last) {
        List<Step> all = new ArrayList<>(hops);
        all.add(last);
        return all;
    }

    private String key(SyntaxNode node) {
        return aliases.getOrDefault(node.text(), node.text());
    }

    /** A session under a name that the function did not open itself: a parameter, an attribute, the thread's own. */
    private HoldState know(SyntaxNode node, HoldState state) {
        String name = key(node);
        if (!node.is("identifier", "attribute") || state.get(name).isPresent()) {
            return state;
        }
        Optional<Handle> handle = handles.of(node).filter(one -> one.is(Kind.SESSION, Kind.REGISTRY));
        return handle.map(one -> state.put(name, new Hold(one, Status.FREE, false, true, List.of(origin(name, node)))))
                .orElse(state);
    }

    /** Where a session that is not opened here comes from: the parameter with its {@code Depends}, else its first use. */
    private Step origin(String name, SyntaxNode node) {
        return handles.index().definitions(node).stream()
                .filter(PythonDefinition.ParameterDefinition.class::isInstance)
                .map(one -> new Step(
                        "session " + one.node().text().replaceAll("\\s+", " "),
                        one.node().origin()))
                .findFirst()
                .orElse(new Step("session " + name, node.origin()));
    }

    private HoldState call(SyntaxNode call, HoldState before) {
        SyntaxNode called = call.child("function").orElse(call);
        if (!called.is("identifier", "attribute")) {
            return before;
        }
        HoldState state = before;
        if (called.is("attribute")) {
            SyntaxNode object = called.child("object").orElse(called);
            state = know(object, state);
            if (state.get(key(object)).isPresent()) {
                return used(key(object), called.text("attribute"), call, state);
            }
        }
        for (SyntaxNode argument : arguments(call)) {
            state = know(argument, state);
        }
        if (hops.isEmpty()) {
            watcher.reached(call, state);
        }
        if (state.holdsAny()) {
            String what = later(call)
                    ? ""
                    : handles.slow()
                            .of(call)
                            .filter(one -> runsHere(call, called))
                            .orElse("");
            if (!what.isEmpty()) {
                Step last = new Step(what, call.origin());
                for (Hold hold : state.holds().values()) {
                    if (hold.held()) {
                        watcher.slow(root.orElse(call), what, steps(last), hold, always(call));
                    }
                }
                return state;
            }
        }
        return (state.holds().isEmpty() && !follow) || later(call) ? state : further(call, called, state);
    }

    private static List<SyntaxNode> arguments(SyntaxNode call) {
        return call.child("arguments").map(SyntaxNode::children).orElse(List.of()).stream()
                .map(one -> one.is("keyword_argument") ? one.child("value").orElse(one) : one)
                .filter(one -> one.is("identifier", "attribute"))
                .toList();
    }

    private HoldState used(String name, String method, SyntaxNode call, HoldState state) {
        Hold hold = state.holds().get(name);
        if (hold == null) {
            return state;
        }
        boolean connection = hold.handle().is(Kind.CONNECTION);
        if (HoldWords.RELEASES.contains(method)) {
            boolean gives = !connection || method.equals("close") || method.equals("aclose");
            return gives ? state.put(name, hold.with(Status.FREE, false)) : state;
        }
        if (connection || HoldWords.LOCAL.contains(method)) {
            return state;
        }
        return borrow(name, call, state, statement(call).contains("with_for_update"));
    }

    private static String statement(SyntaxNode call) {
        return call.above("expression_statement", "return_statement", "for_statement", "if_statement")
                .filter(one -> one.is("expression_statement", "return_statement"))
                .orElse(call)
                .text();
    }

    /** Whether a call only prepares something that runs at another time. */
    private static boolean later(SyntaxNode call) {
        Optional<SyntaxNode> around = call.above("call", "block", "lambda");
        for (int i = 0; i < 4 && around.isPresent() && around.get().is("call"); i++) {
            if (isLater(around.get())) {
                return true;
            }
            around = around.get().above("call", "block", "lambda");
        }
        return isLater(call);
    }

    private static boolean isLater(SyntaxNode call) {
        String called = call.text("function");
        return HoldWords.LATER.contains(called.substring(called.lastIndexOf('.') + 1));
    }

    /** Whether the function waits for the call where it stands: what is async has to be awaited. */
    private boolean runsHere(SyntaxNode call, SyntaxNode called) {
        Optional<SyntaxNode> around = call.above("function_definition", "lambda");
        boolean inAsync = around.filter(OwnCode::isAsync).isPresent();
        if (!inAsync
                || !called.is("attribute")
                || (!handles.index().externalName(called).isEmpty()
                        && !called.text().endsWith("asyncio.sleep"))) {
            return true;
        }
        boolean sync = called.child("object")
                .flatMap(handles::of)
                .filter(one -> one.is(Kind.MODEL, Kind.WEB, Kind.STORE)
                        && !one.async()
                        && !handles.index()
                                .externalName(one.made().child("function").orElse(one.made()))
                                .startsWith("aiohttp"))
                .isPresent();
        return sync || awaited(call);
    }

    static boolean awaited(SyntaxNode call) {
        for (Optional<SyntaxNode> up = call.parent();
                up.isPresent();
                up = up.get().parent()) {
            SyntaxNode node = up.get();
            if (node.is("await") || node.is("with_clause", "for_statement")) {
                return true;
            }
            if (node.is("block", "lambda", "function_definition")) {
                return false;
            }
        }
        return false;
    }

    /** Walks the function that a call runs, with what it is given. */
    private HoldState further(SyntaxNode call, SyntaxNode called, HoldState state) {
        Optional<PythonFunction> target = handles.target(called);
        List<String> handed = arguments(call).stream()
                .map(this::key)
                .filter(one -> state.get(one).isPresent())
                .toList();
        if (target.isEmpty()) {
            return unknown(called, handed, state);
        }
        PythonFunction function = target.get();
        boolean runs = (!function.async() || awaited(call)) && !handles.yields(function);
        boolean elsewhere = handles.index()
                .module(function.node())
                .filter(one -> one.file().place() != Place.TEST)
                .isEmpty();
        if (!runs || elsewhere || hops.size() >= MOST_HOPS || stack.contains(function.node()) || budget[0] <= 0) {
            return function.name().equals("__init__") ? state : unknown(called, handed, state);
        }
        Map<String, String> names = arguments(function, call, state);
        names.putAll(fields(called, state));
        boolean nothing = names.isEmpty() && !state.holdsAny() && !follow;
        if (nothing || !handles.reach().matters(function, MOST_HOPS - hops.size())) {
            return state;
        }
        budget[0]--;
        HoldState inside = HoldState.EMPTY;
        for (Map.Entry<String, Hold> one : state.holds().entrySet()) {
            inside = inside.put("caller's " + one.getKey(), one.getValue());
        }
        for (Map.Entry<String, String> one : names.entrySet()) {
            String outer = one.getValue();
            Hold passed = state.holds().get(outer);
            if (passed != null) {
                inside = inside.without(("caller's " + outer)::equals).put(one.getKey(), passed);
            }
        }
        HoldCalls deeper = new HoldCalls(
                handles,
                watcher,
                steps(new Step("call of " + function.name(), call.origin())),
                Optional.of(root.orElse(call)),
                plus(function.node()),
                budget,
                follow,
                always(call));
        HoldState out = new HoldFlow(deeper).function(function.node(), inside);
        if (out.dead()) {
            return out;
        }
        HoldState after = state;
        for (Map.Entry<String, Hold> one : state.holds().entrySet()) {
            String inner = names.entrySet().stream()
                    .filter(name -> name.getValue().equals(one.getKey()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("caller's " + one.getKey());
            after = after.put(one.getKey(), out.get(inner).orElse(one.getValue()));
        }
        return after;
    }

    private Set<SyntaxNode> plus(SyntaxNode function) {
        Set<SyntaxNode> all = new java.util.HashSet<>(stack);
        all.add(function);
        return all;
    }

    /** A call that cannot be followed: it may use what it is given. Giving a connection back to its pool is known. */
    private HoldState unknown(SyntaxNode called, List<String> passed, HoldState state) {
        HoldState after = state;
        String name = called.is("attribute") ? called.text("attribute") : called.text();
        for (String one : passed) {
            Hold hold = after.holds().get(one);
            if (hold == null) {
                continue;
            }
            if (name.equals("release") || name.equals("putconn")) {
                after = after.put(one, hold.with(Status.FREE, false));
            } else if (!hold.held() && !hold.handle().is(Kind.CONNECTION)) {
                after = after.put(one, hold.with(Status.MAYBE, false));
            } else if (hold.held() && name.contains("close")) {
                after = after.put(one, hold.with(Status.MAYBE, false));
            }
        }
        return after;
    }

    /** Which parameter of a function takes which session of the caller. */
    private Map<String, String> arguments(PythonFunction function, SyntaxNode call, HoldState state) {
        List<PythonParameter> parameters = function.parameters().stream()
                .filter(one -> !one.name().equals("self") && !one.name().equals("cls"))
                .toList();
        Map<String, String> names = new LinkedHashMap<>();
        int position = 0;
        for (SyntaxNode argument :
                call.child("arguments").map(SyntaxNode::children).orElse(List.of())) {
            if (argument.is("keyword_argument")) {
                argument.child("value")
                        .map(this::key)
                        .filter(one -> state.get(one).isPresent())
                        .ifPresent(one -> names.put(argument.text("name"), one));
            } else if (!argument.is("comment")) {
                String given = key(argument);
                if (position < parameters.size() && state.get(given).isPresent()) {
                    names.put(parameters.get(position).name(), given);
                }
                position++;
            }
        }
        return names;
    }

    /** The sessions that the object of a method call carries, by the name that the method knows them under. */
    private Map<String, String> fields(SyntaxNode called, HoldState state) {
        Map<String, String> names = new LinkedHashMap<>();
        if (!called.is("attribute")) {
            return names;
        }
        String object = called.text("object");
        if (object.equals("self")) {
            state.holds().keySet().stream()
                    .filter(one -> one.startsWith("self."))
                    .forEach(one -> names.put(one, one));
        } else {
            carriers.getOrDefault(object, Map.of()).forEach((field, key) -> {
                if (state.get(key).isPresent()) {
                    names.put(field, key);
                }
            });
        }
        return names;
    }

    /** Enters one item of a {@code with}. */
    HoldState enter(SyntaxNode item, HoldState in) {
        SyntaxNode value = item.child("value").orElse(item);
        HoldState state = evaluate(value, in);
        SyntaxNode made = value.is("as_pattern") ? value.children().get(0) : value;
        Optional<Handle> handle = handles.of(made);
        if (handle.filter(one -> one.is(Kind.ATOMIC)).isPresent()) {
            return state.put(
                    managed(item),
                    new Hold(
                            handle.get(),
                            Status.HELD,
                            true,
                            false,
                            List.of(new Step("transaction " + shorten(made), made.origin()))));
        }
        Optional<Handle> entered = handle.flatMap(Handles::entered).filter(Handle::holds);
        return entered.isPresent() && made.is("call", "await")
                ? open(managed(item), entered.get(), made, state)
                : state;
    }

    /** Leaves it: what it made is closed; a transaction that it began is over. */
    HoldState leave(SyntaxNode item, HoldState in) {
        SyntaxNode value = item.child("value").orElse(item);
        SyntaxNode made = value.is("as_pattern") ? value.children().get(0) : value;
        HoldState out = in.without(managed(item)::equals);
        if (made.is("call") && made.text("function").endsWith(".begin")) {
            SyntaxNode object =
                    made.child("function").flatMap(one -> one.child("object")).orElse(made);
            return out.get(key(object))
                    .filter(hold -> !hold.handle().is(Kind.CONNECTION))
                    .map(hold -> out.put(key(object), hold.with(Status.FREE, false)))
                    .orElse(out);
        }
        return made.is("identifier", "attribute") ? out.without(key(made)::equals) : out;
    }

    private static String managed(SyntaxNode item) {
        return item.all("as_pattern_target").findFirst().map(SyntaxNode::text).orElse("with at " + item.start());
    }

    /** The name that a loop over a generator of sessions binds. */
    HoldState enterLoop(SyntaxNode loop, HoldState in) {
        Optional<Handle> given = loop.child("right")
                .flatMap(handles::of)
                .filter(one -> one.is(Kind.GENERATOR))
                .flatMap(Handle::inner)
                .filter(Handle::holds);
        return given.isEmpty()
                ? in
                : open(loop.text("left"), given.get(), loop.child("right").orElse(loop), in);
    }

    static String shorten(SyntaxNode node) {
        String text = node.text().replaceAll("\\s+", " ");
        int open = text.indexOf('(');
        String called = open > 0 ? text.substring(0, open) + "(…)" : text;
        return called.length() > 60 ? called.substring(0, 57) + "…" : called;
    }
}
